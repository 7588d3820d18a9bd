import type { Reach } from './reaches.ts'
import type { DrawnStretch, StreamOptions } from './stream.ts'

/** A label of two lines beside the stream. */
export interface Placed {
  reach: Reach
  /** Left edge. */
  x: number
  /** Baseline of the first line. */
  y: number
  width: number
}

export interface Sheet {
  width: number
  /** How wide a reach's label is, in units of the drawing. */
  widthOf(reach: Reach): number
}

/** Above and below the baseline of the first line: what a label of two lines covers. */
const [RISE, FALL] = [13, 21]
/** From the middle of the stream to the baseline of a label above or below it. */
const [ABOVE, BELOW] = [-37, 30]
const GAP = 12
const STEP = 20
const PROBE = 4
/** Water under a label that still leaves it legible, in probes. */
const COVERED_MAX = 5

interface Water {
  x: number
  top: number
  bottom: number
}

/** The stream as a row of upright lines, thick parts only: a label over a thin bed is legible. */
const waterOf = (drawn: readonly DrawnStretch[]): Water[] =>
  drawn
    .filter(({ flow }) => flow !== 'below')
    .flatMap(({ from, to, course }) =>
      Array.from({ length: Math.max(1, Math.ceil((to - from) / PROBE)) }, (_, index) => {
        const x = from + index * PROBE
        return { x, top: course.across(x) - course.half(x), bottom: course.across(x) + course.half(x) }
      }),
    )

const covered = ({ x, y, width }: Placed, water: readonly Water[]): number =>
  water.filter((at) => at.x > x - 2 && at.x < x + width && at.bottom > y - RISE && at.top < y + FALL).length

const meets = (a: Placed, b: Placed): boolean =>
  a.x < b.x + b.width + GAP && b.x < a.x + a.width + GAP && Math.abs(a.y - b.y) < RISE + FALL

/** Places for one label: along its reach on either side, the usual one first. */
function candidates(reach: Reach, options: StreamOptions, { width: sheet, widthOf }: Sheet): Placed[] {
  const { scale, lanes, bend, journey } = options
  const lane = lanes.get(reach.branch.instance) ?? 0
  const middle = options.across(lane)
  const width = widthOf(reach)
  const bends = lane !== 0 && reach.from.getTime() === reach.branch.forkedAt.getTime()
  const start = scale.at(reach.from) + (bends ? bend * 0.8 : 0)
  const end = Math.max(start, scale.at(reach.stretches.at(-1)?.to ?? journey.now))
  const rightmost = sheet - width
  const count = Math.floor((end - start) / STEP) + 1
  const along = Array.from({ length: count }, (_, index) => start + index * STEP)
  const before = [end - width, start - width / 2].filter((x) => x >= 0)
  const sides = lane > 0 ? [BELOW, ABOVE] : [ABOVE, BELOW]
  return [...along, ...before].flatMap((x) =>
    sides.map((side) => ({ reach, x: Math.max(0, Math.min(x, rightmost)), y: middle + side, width })),
  )
}

/**
 * Puts a label beside every reach where it covers neither another label nor the water; what finds no place is left to
 * the table. What is open or late is placed first.
 */
export function placeLabels(
  reaches: readonly Reach[],
  drawn: readonly DrawnStretch[],
  options: StreamOptions,
  sheet: Sheet,
): Placed[] {
  const water = waterOf(drawn)
  const placed: Placed[] = []
  const weight = (reach: Reach) => (reach.open ? 1e13 : 0) + (reach.late ? 1e12 : 0) + reach.waitingMs + reach.actingMs
  for (const reach of reaches.toSorted((a, b) => weight(b) - weight(a))) {
    const free = candidates(reach, options, sheet)
      .filter((candidate) => !placed.some((other) => meets(candidate, other)))
      .map((candidate, index) => ({ candidate, hits: covered(candidate, water), index }))
      .toSorted((a, b) => a.hits * 3 + a.index - (b.hits * 3 + b.index))[0]
    if (free && free.hits <= COVERED_MAX) placed.push(free.candidate)
  }
  return placed
}

/** The widest line of a label, in letters. */
export const lettersOf = (lines: readonly string[]): number => Math.max(...lines.map((line) => line.length))
