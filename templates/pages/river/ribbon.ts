/** A place in a drawing. */
export interface Point {
  x: number
  y: number
}

/** A ribbon along a middle line: where it runs and how wide it is, as functions of the place along the stream. */
export interface Course {
  /** Sideways position of the middle at `along`. */
  across(along: number): number
  /** Half the width at `along`. */
  half(along: number): number
}

/** 0 → 1 with level ends. */
export const ease = (t: number): number => {
  const u = Math.min(1, Math.max(0, t))
  return u * u * (3 - 2 * u)
}

const round = (n: number): string => String(Math.round(n * 10) / 10)

/** Places along `[from, to]`, denser in short parts so that bends stay round. */
function samples(from: number, to: number): number[] {
  const count = Math.min(60, Math.max(10, Math.ceil((to - from) / 3.5)))
  return Array.from({ length: count + 1 }, (_, index) => from + ((to - from) * index) / count)
}

/** Both banks of the ribbon, offset at right angles to the middle. */
function banks(course: Course, from: number, to: number): { left: Point[]; right: Point[] } {
  const left: Point[] = []
  const right: Point[] = []
  for (const along of samples(from, to)) {
    const slope = (course.across(along + 0.5) - course.across(along - 0.5)) / 1
    const norm = Math.hypot(1, slope)
    const [middle, half] = [course.across(along), course.half(along)]
    left.push({ x: along + (slope * half) / norm, y: middle - half / norm })
    right.push({ x: along - (slope * half) / norm, y: middle + half / norm })
  }
  return { left, right }
}

/** How far a point may lie beside the line of its neighbours and still be left out. */
const STRAIGHT = 0.06

/** Without the points between which the bank runs straight. */
function bendsOf(bank: readonly Point[]): Point[] {
  const kept: Point[] = []
  for (const [index, point] of bank.entries()) {
    const [before, after] = [kept.at(-1), bank[index + 1]]
    if (before && after) {
      const share = (point.x - before.x) / (after.x - before.x || 1)
      if (Math.abs(before.y + share * (after.y - before.y) - point.y) < STRAIGHT) continue
    }
    kept.push(point)
  }
  return kept
}

/** A closed SVG path for `[from, to]`; `flip` turns the stream from across to downwards. */
export function ribbon(course: Course, from: number, to: number, flip: boolean): string {
  const { left, right } = banks(course, from, to)
  const text = ({ x, y }: Point) => (flip ? `${round(y)} ${round(x)}` : `${round(x)} ${round(y)}`)
  return `M${[...bendsOf(left), ...bendsOf(right).reverse()].map(text).join('L')}Z`
}
