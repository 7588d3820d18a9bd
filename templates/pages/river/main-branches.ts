import type { Branch, Journey } from '../../../src/timing/index.ts'

/** More than this side by side is no picture any more. */
export const BRANCHES_DRAWN = 24

const workingMs = ({ stretches }: Branch): number => stretches.reduce((sum, stretch) => sum + stretch.workingMs, 0)

/** What is open comes first, then what was late, then what took longest. */
const weight = (branch: Branch): number =>
  (branch.open ? 1e14 : 0) + (branch.stretches.some(({ late }) => late) ? 1e13 : 0) + workingMs(branch)

/** The journey with the branches that matter most, each with those it came from; all of them where they fit. */
export function mainBranches(journey: Journey): Journey {
  const { branches } = journey
  if (branches.length <= BRANCHES_DRAWN) return journey
  const known = new Map(branches.map((branch) => [branch.instance, branch]))
  const drawn = new Set<Branch>()
  for (const branch of branches.toSorted((a, b) => weight(b) - weight(a))) {
    const way: Branch[] = []
    for (let up: Branch | undefined = branch; up && !drawn.has(up); up = known.get(up.parent ?? '')) way.push(up)
    if (drawn.size + way.length <= BRANCHES_DRAWN) for (const each of way) drawn.add(each)
  }
  return { ...journey, branches: branches.filter((branch) => drawn.has(branch)) }
}
