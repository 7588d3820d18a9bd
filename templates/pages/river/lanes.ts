import type { Branch, Journey } from '../../../src/timing/index.ts'

/** Which lane each branch flows in; the root in lane 0, further ones outward from their parent. */
export type Lanes = ReadonlyMap<string, number>

interface Taken {
  lane: number
  from: number
  to: number
}

const spanOf = (branch: Branch): { from: number; to: number } => ({
  from: branch.forkedAt.getTime(),
  to: branch.open ? Number.POSITIVE_INFINITY : (branch.joinedAt ?? branch.forkedAt).getTime(),
})

/** First free lane outward from `start` towards `side`. */
function freeLane(taken: readonly Taken[], start: number, side: number, branch: Branch): number {
  const { from, to } = spanOf(branch)
  for (let lane = start + side; ; lane += side) {
    const busy = taken.some((other) => other.lane === lane && other.from < to && from < other.to)
    if (!busy) return lane
  }
}

/** Parents first; of those that part together the ones that come back first lie nearest, so that no way is crossed. */
const inwardFirst = (branches: readonly Branch[]): Branch[] =>
  [...branches].sort((a, b) => {
    if (a.parent === null || b.parent === null) return a.parent === null ? -1 : 1
    const [one, other] = [spanOf(a), spanOf(b)]
    if (one.from !== other.from) return one.from - other.from
    return one.to === other.to ? 0 : one.to - other.to
  })

/**
 * @param bothSides whether branches part to both sides of the root in turn, or all to one
 */
export function lanesOf(journey: Journey, bothSides: boolean): Lanes {
  const lanes = new Map<string, number>()
  const taken: Taken[] = []
  let parted = 0
  for (const branch of inwardFirst(journey.branches)) {
    const parent = branch.parent === null ? undefined : lanes.get(branch.parent)
    const turn = bothSides && parted % 2 === 0 ? -1 : 1
    const side = parent === undefined || parent === 0 ? turn : Math.sign(parent)
    const lane = parent === undefined ? 0 : freeLane(taken, parent, side, branch)
    if (parent === 0) parted += 1
    lanes.set(branch.instance, lane)
    taken.push({ lane, ...spanOf(branch) })
  }
  return lanes
}
