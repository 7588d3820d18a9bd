import type { Chrome } from '../../../src/http/index.ts'
import type { Journey, Stretch } from '../../../src/timing/index.ts'
import { type Labels, word } from '../labels/index.ts'
import { mainBranches } from '../river/main-branches.ts'
import { nameOf } from '../river/reaches.ts'
import { moment, span, spanShort, workingSpan } from './format.ts'
import { LatePattern } from './marks.tsx'
import { RiverAcross } from './river-across.tsx'
import { RiverDown } from './river-down.tsx'
import { Scroll } from './scroll.tsx'

interface RiverProps {
  journey: Journey
  labels: Labels
  chrome: Chrome
}

function Legend({ labels: { river }, late, ahead }: { labels: Labels; late: boolean; ahead: boolean }) {
  return (
    <ul class="river-legend">
      <li>
        <svg width="22" height="12" aria-hidden="true">
          <rect class="swatch-waiting" width="22" height="12" rx="6" />
        </svg>
        {river.waiting}
      </li>
      <li>
        <svg width="22" height="12" aria-hidden="true">
          <rect class="swatch-acting" y="3" width="22" height="6" rx="3" />
        </svg>
        {river.acting}
      </li>
      {late ? (
        <li>
          <svg width="22" height="12" aria-hidden="true">
            <LatePattern id="late-legend" />
            <rect width="22" height="12" rx="6" fill="url(#late-legend)" />
          </svg>
          {river.late}
        </li>
      ) : null}
      {ahead ? (
        <li>
          <svg width="26" height="12" aria-hidden="true">
            <path class="swatch-ahead" d="M4 6H24" />
          </svg>
          {river.ahead}
        </li>
      ) : null}
    </ul>
  )
}

function StretchRow({
  stretch,
  branch,
  labels,
  chrome,
}: { stretch: Stretch; branch: string } & Omit<RiverProps, 'journey'>) {
  const { river, none } = labels
  return (
    <tr id={`stretch-${stretch.id}`}>
      <th scope="row">{branch}</th>
      <td>{word(stretch.title, chrome.language)}</td>
      <td>
        {river[stretch.kind]}
        {stretch.late ? <strong class="late-word"> · {river.late.toLowerCase()}</strong> : null}
      </td>
      <td class="figure">{moment(stretch.from, chrome, labels)}</td>
      <td class="figure">{stretch.to ? moment(stretch.to, chrome, labels) : river.running}</td>
      <td class="figure">{spanShort(stretch.workingMs, labels)}</td>
      <td class="figure">{stretch.allowedWorkingMs === null ? none : spanShort(stretch.allowedWorkingMs, labels)}</td>
    </tr>
  )
}

function RiverTable({ journey, labels, chrome }: RiverProps) {
  const { columns, table } = labels.river
  return (
    <Scroll class="scroll" name={table}>
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">{columns.branch}</th>
            <th scope="col">{columns.step}</th>
            <th scope="col">{columns.kind}</th>
            <th scope="col">{columns.from}</th>
            <th scope="col">{columns.to}</th>
            <th scope="col">{columns.span}</th>
            <th scope="col">{columns.allowed}</th>
          </tr>
        </thead>
        <tbody>
          {journey.branches.flatMap((branch) =>
            branch.stretches.map((stretch) => (
              <StretchRow
                key={stretch.id}
                stretch={stretch}
                branch={nameOf(stretch, branch, chrome.language)}
                labels={labels}
                chrome={chrome}
              />
            )),
          )}
        </tbody>
      </table>
    </Scroll>
  )
}

function Remaining({ journey, labels }: Omit<RiverProps, 'chrome'>) {
  if (!journey.branches.some((branch) => branch.open)) return null
  const { remaining } = journey
  const { river } = labels
  const text = remaining
    ? river.usuallyLong(span(remaining.lowMs, labels), span(remaining.highMs, labels), remaining.cases)
    : river.tooFew
  return <p class="quiet">{text}</p>
}

/**
 * A letter's river: the sign of the product. Waiting spreads as sand, acting runs as water; branches part and join;
 * length is working time. Across where there is room, downwards where there is not, and always as a table.
 */
export function River({ journey, labels, chrome }: RiverProps) {
  const stretches = journey.branches.flatMap((branch) => branch.stretches)
  const { river } = labels
  const drawn = mainBranches(journey)
  return (
    <section class="card river" aria-labelledby="river-title">
      <header class="river-header">
        <h2 id="river-title">{river.title}</h2>
        <p class="quiet">{river.summary(stretches.length, workingSpan(journey.workingMs, labels))}</p>
        <Legend
          labels={labels}
          late={stretches.some((stretch) => stretch.late)}
          ahead={journey.remaining !== null && journey.branches.some((branch) => branch.open)}
        />
      </header>
      {stretches.length === 0 ? (
        <p class="quiet">{river.empty}</p>
      ) : (
        <>
          <RiverAcross journey={drawn} labels={labels} chrome={chrome} />
          <RiverDown journey={drawn} labels={labels} chrome={chrome} />
          {drawn === journey ? null : (
            <p class="quiet">{river.drawnOf(drawn.branches.length, journey.branches.length)}</p>
          )}
          <Remaining journey={journey} labels={labels} />
          <details class="river-table">
            <summary>{river.table}</summary>
            <RiverTable journey={journey} labels={labels} chrome={chrome} />
          </details>
        </>
      )}
    </section>
  )
}
