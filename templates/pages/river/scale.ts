import type { Journey, Stretch } from '../../../src/timing/index.ts'

/** From a moment to a place along the stream. */
export interface Scale {
  at(moment: Date): number
  /** Place of the journey's `now`, or of its end when nothing runs any more. */
  end: number
}

/** A part of the way during which no branch starts, changes or ends. */
interface Piece {
  from: number
  to: number
  workingMs: number
  /** Labels that begin here. */
  begins: number
}

const endOf = (stretch: Stretch, journey: Journey): number => (stretch.to ?? journey.now).getTime()

/** Working time inside `[from, to]`, read off the shortest stretch that covers it: the least mixed with nights. */
function workingIn(from: number, to: number, stretches: readonly Stretch[], journey: Journey): number {
  let best = Number.POSITIVE_INFINITY
  let working = 0
  for (const stretch of stretches) {
    const [start, end] = [stretch.from.getTime(), endOf(stretch, journey)]
    const wall = end - start
    if (start > from || end < to || wall <= 0 || wall >= best) continue
    best = wall
    working = (stretch.workingMs * (to - from)) / wall
  }
  return working
}

function piecesOf(journey: Journey): Piece[] {
  const stretches = journey.branches.flatMap((branch) => branch.stretches)
  const moments = stretches.flatMap((stretch) => [stretch.from.getTime(), endOf(stretch, journey)])
  for (const { forkedAt, joinedAt } of journey.branches) {
    moments.push(forkedAt.getTime(), joinedAt?.getTime() ?? forkedAt.getTime())
  }
  const sorted = [...new Set(moments)].sort((a, b) => a - b)
  const begins = (at: number) => stretches.filter((stretch) => stretch.from.getTime() === at).length
  return sorted.slice(0, -1).map((from, index) => {
    const to = sorted[index + 1] ?? from
    return { from, to, workingMs: workingIn(from, to, stretches, journey), begins: begins(from) }
  })
}

/** Places at the ends of pieces; moments between two ends lie in proportion. */
function scaleOf(pieces: readonly Piece[], sizes: readonly number[], start: number): Scale {
  const ends = [{ moment: pieces[0]?.from ?? 0, place: start }]
  let place = start
  for (const [index, piece] of pieces.entries()) {
    place += sizes[index] ?? 0
    ends.push({ moment: piece.to, place })
  }
  const at = (when: Date): number => {
    const next = ends.findIndex((end) => end.moment >= when.getTime())
    const [before, after] = [ends[next - 1], ends[next]]
    if (!after) return place
    if (!before) return after.place
    const share = (when.getTime() - before.moment) / (after.moment - before.moment)
    return before.place + share * (after.place - before.place)
  }
  return { at, end: place }
}

/**
 * Length along the stream = working time, within a fixed length: what would be shorter than `least` gets `least`, the
 * rest shares what is left in proportion.
 */
export function fittedScale(journey: Journey, start: number, length: number, least: number): Scale {
  const pieces = piecesOf(journey)
  const floor = Math.min(least, length / Math.max(1, pieces.length))
  const small = new Set<Piece>()
  let rate = 0
  for (let grew = true; grew; ) {
    const rest = pieces.filter((piece) => !small.has(piece))
    const working = rest.reduce((sum, piece) => sum + piece.workingMs, 0)
    rate = working > 0 ? (length - small.size * floor) / working : 0
    const tooShort = rest.filter((piece) => piece.workingMs * rate < floor)
    for (const piece of tooShort) small.add(piece)
    grew = tooShort.length > 0
  }
  const sizes = pieces.map((piece) => (small.has(piece) ? floor : piece.workingMs * rate))
  return scaleOf(pieces, sizes, start)
}

/** Every label that begins in a piece gets `row`; `spare` on top is shared by working time. For the narrow drawing. */
export function rowedScale(journey: Journey, start: number, row: number, spare: number): Scale {
  const pieces = piecesOf(journey)
  const working = pieces.reduce((sum, piece) => sum + piece.workingMs, 0) || 1
  const sizes = pieces.map((piece) => Math.max(12, piece.begins * row) + (spare * piece.workingMs) / working)
  return scaleOf(pieces, sizes, start)
}
