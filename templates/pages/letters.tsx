import type { Chrome, LetterRow, LettersModel } from '../../src/http/index.ts'
import { definePage } from './components/define-page.ts'
import { moment, nearMoment } from './components/format.ts'
import { Empty, Layout } from './components/layout.tsx'
import { UrgencyTag } from './components/tags.tsx'
import { type Labels, labelsOf, word } from './labels/index.ts'

interface Context {
  labels: Labels
  chrome: Chrome
}

function Row({ row, labels, chrome }: { row: LetterRow } & Context) {
  const stage = row.stage ? word(row.stage, chrome.language) : labels.status[row.status]
  return (
    <tr>
      <td class="figure cell-agenda">{row.agenda ?? labels.none}</td>
      <td class="cell-subject">
        <a href={row.href}>{row.subject}</a>
        <p class="quiet">
          {[row.sender, row.number].filter(Boolean).join(' · ')} <UrgencyTag urgency={row.urgency} labels={labels} />
          {row.secrecy === 'biasa' ? null : <span class="tag tag-secret">{labels.secrecy[row.secrecy]}</span>}
        </p>
      </td>
      <td class="figure cell-received">{row.receivedAt ? moment(row.receivedAt, chrome, labels) : labels.none}</td>
      <td class="cell-stage">
        {stage}
        {row.late && row.dueAt ? (
          <p class="due due-late">{labels.letter.overdue(nearMoment(row.dueAt, chrome, labels))}</p>
        ) : null}
      </td>
      <td class="cell-holders">{row.holders.join(', ') || labels.none}</td>
    </tr>
  )
}

function Filter({ model, labels }: { model: LettersModel; labels: Labels }) {
  const { letters } = labels
  return (
    <search>
      <form class="filter" method="get" action="/letters">
        <div class="field field-grow">
          <label for="q">{letters.find}</label>
          <input id="q" name="q" type="search" value={model.text} />
        </div>
        <div class="field">
          <label for="status">{letters.show}</label>
          <select id="status" name="status">
            {(['all', 'active', 'done'] as const).map((status) => (
              <option key={status} value={status} selected={model.status === status}>
                {letters.filters[status]}
              </option>
            ))}
          </select>
        </div>
        <button class="secondary" type="submit">
          {labels.search}
        </button>
      </form>
    </search>
  )
}

function Table({ model, labels, chrome }: { model: LettersModel } & Context) {
  const { columns, title } = labels.letters
  return (
    <table class="rows letters-table">
      <caption class="unseen">{title}</caption>
      <thead>
        <tr>
          <th scope="col">{columns.agenda}</th>
          <th scope="col">{columns.subject}</th>
          <th scope="col">{columns.received}</th>
          <th scope="col">{columns.stage}</th>
          <th scope="col">{columns.holders}</th>
        </tr>
      </thead>
      <tbody>
        {model.rows.map((row) => (
          <Row key={row.href} row={row} labels={labels} chrome={chrome} />
        ))}
      </tbody>
    </table>
  )
}

function Nothing({ model, labels }: { model: LettersModel; labels: Labels }) {
  const { letters } = labels
  if (model.text !== '' || model.status !== 'all') {
    return (
      <Empty title={model.text === '' ? letters.emptyTitle : letters.noneFound(model.text)}>
        <p>{letters.noneFoundHint}</p>
        <a class="secondary" href="/letters">
          {labels.clear}
        </a>
      </Empty>
    )
  }
  return (
    <Empty title={letters.emptyTitle}>
      <p>{letters.empty}</p>
    </Empty>
  )
}

export default definePage({
  name: 'letters',
  render: (model, chrome) => {
    const labels = labelsOf(chrome.language)
    return (
      <Layout title={labels.letters.title} chrome={chrome} styles={['forms', 'lists']} measure="wide">
        <div class="title-row">
          <h1>{labels.letters.title}</h1>
          {model.mayRegister ? (
            <a class="primary" href="/letters/new">
              {labels.nav.register}
            </a>
          ) : null}
        </div>
        <Filter model={model} labels={labels} />
        {model.rows.length === 0 ? (
          <Nothing model={model} labels={labels} />
        ) : (
          <Table model={model} labels={labels} chrome={chrome} />
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
