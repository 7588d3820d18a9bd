import type { Chrome, StepTiming, TimingModel } from '../../src/http/index.ts'
import { definePage } from './components/define-page.ts'
import { day, span, spanShort } from './components/format.ts'
import { Empty, Layout } from './components/layout.tsx'
import { Scroll } from './components/scroll.tsx'
import { type Labels, labelsOf, word } from './labels/index.ts'

interface Context {
  labels: Labels
  chrome: Chrome
}

const isoDate = (date: Date, zone: string): string => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(date)

function Filter({ model, labels, chrome }: { model: TimingModel } & Context) {
  const { timing } = labels
  return (
    <form class="filter" method="get" action="/timing">
      <div class="field">
        <label for="unit">{timing.unit}</label>
        <select id="unit" name="unit">
          <option value="">{timing.allUnits}</option>
          {model.units.map((unit) => (
            <option key={unit.id} value={unit.id} selected={unit.id === model.unit}>
              {unit.name}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="from">{timing.from}</label>
        <input id="from" name="from" type="date" value={isoDate(model.from, chrome.zone)} />
      </div>
      <div class="field">
        <label for="to">{timing.to}</label>
        <input id="to" name="to" type="date" value={isoDate(model.to, chrome.zone)} />
      </div>
      <button class="secondary" type="submit">
        {timing.show}
      </button>
    </form>
  )
}

function Whole({ model, labels }: { model: TimingModel; labels: Labels }) {
  const { timing } = labels
  const said = (ms: number | undefined) => (ms === undefined ? timing.tooFew : span(ms, labels))
  return (
    <dl class="whole">
      <div>
        <dt>{timing.closed}</dt>
        <dd>{model.closed}</dd>
      </div>
      <div>
        <dt>{timing.open}</dt>
        <dd>{model.open}</dd>
      </div>
      <div class="whole-wide">
        <dt>
          {timing.whole}: {timing.median.toLowerCase()}
        </dt>
        <dd>{said(model.whole?.medianMs)}</dd>
      </div>
      <div class="whole-wide">
        <dt>{timing.p90}</dt>
        <dd>{said(model.whole?.p90Ms)}</dd>
      </div>
    </dl>
  )
}

/** Median as waiting and acting, P90 as a notch, all steps on one scale. */
function Bar({ step, longest, labels, chrome }: { step: StepTiming; longest: number } & Context) {
  const share = (ms: number) => `${Math.round((ms / longest) * 1000) / 10}%`
  const parts = step.waitingMedianMs + step.actingMedianMs
  const waiting = parts > 0 ? (step.medianMs * step.waitingMedianMs) / parts : 0
  const name = labels.timing.barLabel(
    word(step.step, chrome.language),
    span(step.medianMs, labels),
    span(step.p90Ms, labels),
  )
  return (
    <svg class="bar" width="100%" height="26" role="img" aria-label={name}>
      <rect class="bar-ground" y="10" width={share(step.p90Ms)} height="6" rx="3" />
      <rect class="bar-waiting" y="4" width={share(waiting)} height="18" rx="4" />
      <rect class="bar-acting" y="8" x={share(waiting)} width={share(step.medianMs - waiting)} height="10" rx="3" />
      <rect class="bar-notch" y="2" x={share(step.p90Ms * 0.998)} width="2.5" height="22" />
    </svg>
  )
}

function Picture({ model, labels, chrome }: { model: TimingModel } & Context) {
  const { timing, river } = labels
  const measured = model.steps.filter(({ n }) => n > 0)
  const longest = Math.max(1, ...measured.map((step) => step.p90Ms)) * 1.02
  return (
    <section class="card" aria-labelledby="picture-title">
      <div class="picture-head">
        <h2 id="picture-title">{timing.columns.chart}</h2>
        <ul class="river-legend">
          <li>
            <svg width="22" height="12" aria-hidden="true">
              <rect class="bar-waiting" width="22" height="12" rx="4" />
            </svg>
            {river.waiting}
          </li>
          <li>
            <svg width="22" height="12" aria-hidden="true">
              <rect class="bar-acting" y="2" width="22" height="8" rx="3" />
            </svg>
            {river.acting}
          </li>
          <li>
            <svg width="6" height="14" aria-hidden="true">
              <rect class="bar-notch" x="1" width="2.5" height="14" />
            </svg>
            {timing.legendTick}
          </li>
        </ul>
      </div>
      <ol class="bars">
        {measured.map((step) => (
          <li key={step.workflow.id + step.step.id}>
            <p>
              <strong>{word(step.step, chrome.language)}</strong>
              <span class="quiet">
                {spanShort(step.medianMs, labels)} · {timing.columns.p90} {spanShort(step.p90Ms, labels)}
              </span>
            </p>
            <Bar step={step} longest={longest} labels={labels} chrome={chrome} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function Row({ step, labels, chrome }: { step: StepTiming } & Context) {
  const { timing, none } = labels
  const said = (ms: number) => (step.n === 0 ? none : spanShort(ms, labels))
  return (
    <tr>
      <th scope="row">
        {word(step.step, chrome.language)}
        <p class="quiet">{word(step.workflow, chrome.language)}</p>
      </th>
      <td class="figure">{step.n}</td>
      <td class="figure">{said(step.medianMs)}</td>
      <td class="figure">{said(step.p90Ms)}</td>
      <td class="figure">{said(step.waitingMedianMs)}</td>
      <td class="figure">{said(step.actingMedianMs)}</td>
      <td class="figure">
        {step.open || none}
        {step.longestOpenMs ? <p class="quiet">{timing.longest(spanShort(step.longestOpenMs, labels))}</p> : null}
      </td>
      <td class="figure">{step.late > 0 ? <strong class="late-word">{step.late}</strong> : none}</td>
    </tr>
  )
}

function Table({ model, labels, chrome }: { model: TimingModel } & Context) {
  const { columns, tableCaption } = labels.timing
  return (
    <section class="card" aria-labelledby="figures-title">
      <h2 id="figures-title">{tableCaption}</h2>
      <Scroll class="scroll" name={labels.timing.method}>
        <table class="plain">
          <thead>
            <tr>
              {[
                columns.step,
                columns.n,
                columns.median,
                columns.p90,
                columns.waiting,
                columns.acting,
                columns.open,
                columns.late,
              ].map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {model.steps.map((step) => (
              <Row key={step.workflow.id + step.step.id} step={step} labels={labels} chrome={chrome} />
            ))}
          </tbody>
        </table>
      </Scroll>
      <p class="hint">{labels.timing.method}</p>
    </section>
  )
}

export default definePage({
  name: 'timing',
  render: (model, chrome) => {
    const labels = labelsOf(chrome.language)
    const { timing } = labels
    return (
      <Layout title={timing.title} chrome={chrome} styles={['forms', 'lists', 'river']} measure="wide">
        <h1>{timing.title}</h1>
        <p class="quiet">
          {timing.span(day(model.from, chrome, labels), day(model.to, chrome, labels))}. {timing.lead}
        </p>
        <Filter model={model} labels={labels} chrome={chrome} />
        {model.steps.length === 0 ? (
          <Empty title={timing.emptyTitle}>
            <p>{timing.empty}</p>
          </Empty>
        ) : (
          <>
            <Whole model={model} labels={labels} />
            <Picture model={model} labels={labels} chrome={chrome} />
            <Table model={model} labels={labels} chrome={chrome} />
          </>
        )}
      </Layout>
    )
  },
})
