import type { Chrome } from '../../../src/http/index.ts'
import type { Journey } from '../../../src/timing/index.ts'
import type { Labels } from '../labels/index.ts'
import { lanesOf } from '../river/lanes.ts'
import { nameOf, type Reach, reachesOf } from '../river/reaches.ts'
import { rowedScale } from '../river/scale.ts'
import { bedOf, drawStream, endOf, openEnds, type StreamOptions } from '../river/stream.ts'
import { day, spanShort } from './format.ts'
import { LatePattern } from './marks.tsx'
import { postLines, reachSpanLines, stretchName } from './river-words.ts'

const ROW = 66
const TOP = 14
const WIDTHS = { waiting: 8, acting: 4.5, machine: 2.5, below: 1.2 }
/** Narrowest place the drawing is made for, and one letter's width there, both in px. */
const NARROWEST = 288
const LETTER = 7

interface Row {
  reach: Reach
  y: number
  /** Where on the stream it belongs. */
  at: number
  lane: number
}

/** One row per reach from top to bottom, never closer than a row to the one before. */
function rowsOf(reaches: readonly Reach[], options: StreamOptions): Row[] {
  const rows: Row[] = []
  const sorted = [...reaches].sort((a, b) => a.from.getTime() - b.from.getTime())
  for (const reach of sorted) {
    const lane = options.lanes.get(reach.branch.instance) ?? 0
    const at = options.scale.at(reach.from)
    const previous = rows.at(-1)
    rows.push({ reach, lane, at, y: Math.max(at, previous ? previous.y + ROW : 0) })
  }
  return rows
}

function Leader({ row, options, to }: { row: Row; options: StreamOptions; to: number }) {
  const x = options.across(row.lane)
  const at = Math.max(row.at + (row.lane === 0 ? 8 : options.bend), row.y + 8)
  return <path class="river-leader" d={`M${x + 12} ${at}H${to - 6}`} />
}

function RowLabel({ row, x, labels }: { row: Row; x: number; labels: Labels }) {
  const holder = postLines(row.reach.holder, Math.floor((NARROWEST - x) / LETTER))
  const late = row.reach.late ? 'river-span river-span-late' : 'river-span'
  const lines = [
    ...holder.map((text) => ({ text, look: 'river-holder' })),
    ...reachSpanLines(row.reach, labels).map((text) => ({ text, look: late })),
  ]
  return (
    <g class="river-label">
      {lines.map(({ text, look }, index) => (
        <text key={text} class={look} x={x} y={row.y + 12 + index * 15.5}>
          {text}
        </text>
      ))}
    </g>
  )
}

/** The stream drawn downwards for narrow places, one readable row for every holder. */
export function RiverDown({ journey, labels, chrome }: { journey: Journey; labels: Labels; chrome: Chrome }) {
  const lanes = lanesOf(journey, false)
  const last = Math.max(0, ...lanes.values())
  const step = last > 4 ? 16 : 22
  const across = (lane: number) => 14 + lane * step
  const scale = rowedScale(journey, TOP, ROW, 90)
  const options: StreamOptions = { journey, lanes, scale, widths: WIDTHS, across, bend: 28, flip: true }
  const reaches = reachesOf(journey, chrome.language).filter(({ below }) => !below)
  const rows = rowsOf(reaches, options)
  const openLeaves = openEnds(journey)
  const { remaining } = journey
  const bottom = Math.max(scale.end, (rows.at(-1)?.y ?? 0) + ROW - 6)
  const ahead = openLeaves.length > 0 && remaining !== null
  const end = ahead ? bottom + 56 : bottom
  const textX = across(last) + 26
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing of links is a group; SVG has no fieldset
    <svg class="river-down" width="100%" height={end + 28} role="group" aria-label={labels.river.title}>
      <LatePattern id="late-down" />
      {journey.branches.map((branch) => {
        const bed = bedOf(branch, options)
        return bed ? <path key={branch.instance} class="river-bed" d={`M${bed.across} ${bed.from}V${bed.to}`} /> : null
      })}
      {ahead ? (
        <g class="river-ahead">
          {openLeaves.map((branch) => {
            const x = across(lanes.get(branch.instance) ?? 0)
            const d = `M${x} ${scale.end + 12}C${x} ${end - 24} ${across(0)} ${end - 40} ${across(0)} ${end}`
            return <path key={branch.instance} d={d} />
          })}
        </g>
      ) : null}
      {drawStream(options).map(({ stretch, branch, flow, d, lateD }) => (
        <a
          key={stretch.id}
          class={`river-stretch river-${flow}`}
          href={`#stretch-${stretch.id}`}
          aria-label={stretchName(stretch, nameOf(stretch, branch, chrome.language), labels, chrome)}
        >
          <path d={d} />
          {lateD ? <path class="river-late" d={lateD} fill="url(#late-down)" /> : null}
        </a>
      ))}
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: plain text and circles; the links carry the same words */}
      <g aria-hidden="true">
        {rows.map((row) => (
          <g key={row.reach.stretches[0]?.id}>
            <Leader row={row} options={options} to={textX} />
            <RowLabel row={row} x={textX} labels={labels} />
          </g>
        ))}
        {openLeaves.map((branch) => (
          <circle
            key={branch.instance}
            class={branch.stretches.at(-1)?.late ? 'river-head river-head-late' : 'river-head'}
            cx={across(lanes.get(branch.instance) ?? 0)}
            cy={scale.end}
            r="5"
          />
        ))}
        {ahead || openLeaves.length === 0 ? (
          <circle
            class={openLeaves.length === 0 ? 'river-mouth river-mouth-reached' : 'river-mouth'}
            cx={across(0)}
            cy={end}
            r="7"
          />
        ) : null}
        <text class="river-tick" x={ahead ? across(0) + 18 : textX} y={end + 4}>
          {remaining && ahead
            ? labels.river.usually(spanShort(remaining.lowMs, labels), spanShort(remaining.highMs, labels))
            : openLeaves.length === 0
              ? `${labels.river.end} ${day(endOf(journey), chrome, labels)}`
              : labels.river.now}
        </text>
      </g>
    </svg>
  )
}
