import type { AgendaModel, AgendaRow, Chrome } from '../../src/http/index.ts'
import { definePage } from './components/define-page.ts'
import { isoDay, moment } from './components/format.ts'
import { Empty, Layout } from './components/layout.tsx'
import { Scroll } from './components/scroll.tsx'
import { type Labels, labelsOf } from './labels/index.ts'

interface Context {
  labels: Labels
  chrome: Chrome
}

function Row({ row, labels, chrome }: { row: AgendaRow } & Context) {
  const number = String(row.number).padStart(4, '0')
  const { letter } = row
  if (!letter) {
    return (
      <tr class="row-hidden">
        <td class="figure cell-number">{number}</td>
        <td class="figure">{moment(row.receivedAt, chrome, labels)}</td>
        <td colSpan={6}>{labels.agenda.hidden}</td>
      </tr>
    )
  }
  return (
    <tr>
      <td class="figure cell-number">{number}</td>
      <td class="figure cell-day">{moment(row.receivedAt, chrome, labels)}</td>
      <td>{letter.sender}</td>
      <td class="cell-letter">
        <span class="figure">{letter.number}</span>
        {letter.date ? <p class="quiet figure">{isoDay(letter.date, labels)}</p> : null}
      </td>
      <td class="cell-subject">{row.href ? <a href={row.href}>{letter.subject}</a> : letter.subject}</td>
      <td>
        {labels.urgency[letter.urgency]} · {labels.secrecy[letter.secrecy]}
      </td>
      <td class="cell-to">{letter.to.join(', ') || labels.none}</td>
      <td>{labels.status[letter.status]}</td>
    </tr>
  )
}

function Filter({ model, labels }: { model: AgendaModel; labels: Labels }) {
  const { agenda } = labels
  return (
    <search>
      <form class="filter" method="get" action="/agenda">
        {model.units.length > 1 ? (
          <div class="field">
            <label for="unit">{agenda.unit}</label>
            <select id="unit" name="unit">
              {model.units.map((unit) => (
                <option key={unit.id} value={unit.id} selected={unit.id === model.unit.id}>
                  {unit.name}
                </option>
              ))}
            </select>
          </div>
        ) : null}
        <div class="field">
          <label for="year">{agenda.year}</label>
          <select id="year" name="year">
            {model.years.map((year) => (
              <option key={year} value={year} selected={year === model.year}>
                {year}
              </option>
            ))}
          </select>
        </div>
        <div class="field field-grow">
          <label for="q">{agenda.find}</label>
          <input id="q" name="q" type="search" value={model.text} />
        </div>
        <button class="secondary" type="submit">
          {agenda.show}
        </button>
        <button class="secondary" type="button" data-print hidden>
          {agenda.print}
        </button>
      </form>
    </search>
  )
}

function Book({ model, labels, chrome }: { model: AgendaModel } & Context) {
  const { columns, title } = labels.agenda
  return (
    <Scroll class="scroll" name={title}>
      <table class="rows agenda-table">
        <caption class="unseen">{labels.agenda.of(model.unit.name, model.year)}</caption>
        <thead>
          <tr>
            {Object.values(columns).map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {model.rows.map((row) => (
            <Row key={row.number} row={row} labels={labels} chrome={chrome} />
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

export default definePage({
  name: 'agenda',
  render: (model, chrome) => {
    const labels = labelsOf(chrome.language)
    const { agenda } = labels
    return (
      <Layout title={agenda.title} chrome={chrome} styles={['forms', 'lists']} measure="wide">
        <div class="title-row">
          <div>
            <h1>{agenda.title}</h1>
            <p class="quiet">
              {agenda.of(model.unit.name, model.year)} · {agenda.total(model.total)}
            </p>
          </div>
          {model.mayRegister ? (
            <a class="primary" href="/letters/new">
              {labels.nav.register}
            </a>
          ) : null}
        </div>
        <Filter model={model} labels={labels} />
        {model.rows.length === 0 ? (
          <Empty title={model.text === '' ? agenda.empty : labels.letters.noneFound(model.text)} />
        ) : (
          <Book model={model} labels={labels} chrome={chrome} />
        )}
        {model.next ? (
          <p class="more">
            <a class="secondary" href={model.next}>
              {labels.more}
            </a>
          </p>
        ) : null}
      </Layout>
    )
  },
})
