import type { Chrome } from '../../../src/http/index.ts'
import type { Branch, Journey } from '../../../src/timing/index.ts'
import type { Labels } from '../labels/index.ts'
import { type Placed, placeLabels } from '../river/labels.ts'
import { lanesOf } from '../river/lanes.ts'
import { nameOf, reachesOf } from '../river/reaches.ts'
import { fittedScale } from '../river/scale.ts'
import { bedOf, drawStream, endOf, openEnds, type StreamOptions } from '../river/stream.ts'
import { moment, spanShort } from './format.ts'
import { LatePattern } from './marks.tsx'
import { reachSpans, shortPost, stretchName } from './river-words.ts'

const WIDTH = 1000
const MARGIN = 8
/** Units of the drawing that one letter of a label needs at the narrowest width it is shown in. */
const LETTER = 7.6
const WIDTHS = { waiting: 12, acting: 6, machine: 3, below: 1.5 }
/** A holder's name in the drawing; the whole one is in the link's name and in the table. */
const HOLDER_LETTERS = 38

const laneHeight = (lanes: number): number => (lanes <= 5 ? 78 : lanes <= 9 ? 70 : 62)

/** Part of the width the way so far takes; the rest shows what usually remains. */
function shareSoFar(journey: Journey): number {
  if (!journey.branches.some((branch) => branch.open)) return 0.97
  if (!journey.remaining) return 0.93
  const ahead = (journey.remaining.lowMs + journey.remaining.highMs) / 2
  const share = journey.workingMs / (journey.workingMs + ahead || 1)
  return Math.min(0.82, Math.max(0.62, share))
}

const percent = (x: number): string => `${Math.round((x / WIDTH) * 10000) / 100}%`

function ReachLabel({ placed, labels }: { placed: Placed; labels: Labels }) {
  const { reach, x, y } = placed
  return (
    <g class="river-label">
      <text class="river-holder" x={percent(x)} y={y}>
        {shortPost(reach.holder, HOLDER_LETTERS)}
      </text>
      <text class={reach.late ? 'river-span river-span-late' : 'river-span'} x={percent(x)} y={y + 16}>
        {reachSpans(reach, labels)}
      </text>
    </g>
  )
}

function Ahead({ options, open, end }: { options: StreamOptions; open: Branch[]; end: number }) {
  const { scale, lanes, across } = options
  const from = scale.end
  const bend = (end - from) * 0.55
  return (
    <g class="river-ahead">
      {open.map((branch) => {
        const y = across(lanes.get(branch.instance) ?? 0)
        const d = `M${from + 12} ${y}C${from + bend} ${y} ${end - bend} ${across(0)} ${end} ${across(0)}`
        return <path key={branch.instance} d={d} vector-effect="non-scaling-stroke" />
      })}
    </g>
  )
}

/** The stream drawn from left to right, as wide as its place; letters keep their size. */
export function RiverAcross({ journey, labels, chrome }: { journey: Journey; labels: Labels; chrome: Chrome }) {
  const lanes = lanesOf(journey, true)
  const used = [...lanes.values()]
  const [top, bottom] = [Math.min(0, ...used), Math.max(0, ...used)]
  const step = laneHeight(bottom - top + 1)
  const across = (lane: number) => 58 + (lane - top) * step
  const scale = fittedScale(journey, MARGIN, (WIDTH - 2 * MARGIN) * shareSoFar(journey), 26)
  const options: StreamOptions = { journey, lanes, scale, widths: WIDTHS, across, bend: 84, flip: false }
  const reaches = reachesOf(journey, chrome.language).filter(
    (reach) => !reach.below && (reach.waitingMs + reach.actingMs > 0 || reach.open),
  )
  const drawn = drawStream(options)
  const placed = placeLabels(reaches, drawn, options, {
    width: WIDTH - 4,
    widthOf: (reach) =>
      LETTER * Math.max(shortPost(reach.holder, HOLDER_LETTERS).length, reachSpans(reach, labels).length * 0.94),
  })
  const openLeaves = openEnds(journey)
  const height = across(bottom) + (bottom > 0 || placed.some((label) => label.y > across(bottom)) ? 84 : 56)
  const [end, now] = [WIDTH - MARGIN - 4, percent(scale.end)]
  const { remaining } = journey
  const first = journey.branches[0]?.forkedAt ?? journey.now
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing of links is a group; SVG has no fieldset
    <svg class="river-across" width="100%" height={height} role="group" aria-label={labels.river.title}>
      <LatePattern id="late-across" />
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: named by the drawing around it */}
      <svg viewBox={`0 0 ${WIDTH} ${height}`} preserveAspectRatio="none" width="100%" height={height}>
        {journey.branches.map((branch) => {
          const bed = bedOf(branch, options)
          return bed ? (
            <path
              key={branch.instance}
              class="river-bed"
              d={`M${bed.from} ${bed.across}H${bed.to}`}
              vector-effect="non-scaling-stroke"
            />
          ) : null
        })}
        {remaining && openLeaves.length > 0 ? <Ahead options={options} open={openLeaves} end={end} /> : null}
        {drawn.map(({ stretch, branch, flow, d, lateD }) => (
          <a
            key={stretch.id}
            class={`river-stretch river-${flow}`}
            href={`#stretch-${stretch.id}`}
            aria-label={stretchName(stretch, nameOf(stretch, branch, chrome.language), labels, chrome)}
          >
            <path d={d} vector-effect="non-scaling-stroke" />
            {lateD ? <path class="river-late" d={lateD} fill="url(#late-across)" /> : null}
          </a>
        ))}
      </svg>
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: plain text and circles; the links carry the same words */}
      <g aria-hidden="true">
        {openLeaves.map((branch) => (
          <circle
            key={branch.instance}
            class={branch.stretches.at(-1)?.late ? 'river-head river-head-late' : 'river-head'}
            cx={now}
            cy={across(lanes.get(branch.instance) ?? 0)}
            r="5"
          />
        ))}
        {openLeaves.length === 0 || remaining ? (
          <circle
            class={openLeaves.length === 0 ? 'river-mouth river-mouth-reached' : 'river-mouth'}
            cx={percent(openLeaves.length === 0 ? scale.end : end)}
            cy={across(0)}
            r="7"
          />
        ) : null}
        {placed.map((label) => (
          <ReachLabel key={label.reach.stretches[0]?.id} placed={label} labels={labels} />
        ))}
        <text class="river-tick" x={percent(MARGIN)} y={height - 8}>
          {moment(first, chrome, labels)}
        </text>
        <text class="river-tick" x={now} y={height - 8} text-anchor="end">
          {openLeaves.length > 0 ? labels.river.now : moment(endOf(journey), chrome, labels)}
        </text>
        {remaining && openLeaves.length > 0 ? (
          <text class="river-tick river-usually" x={percent(end + 8)} y={height - 8} text-anchor="end">
            {labels.river.usually(spanShort(remaining.lowMs, labels), spanShort(remaining.highMs, labels))}
          </text>
        ) : null}
      </g>
    </svg>
  )
}
