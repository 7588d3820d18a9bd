import type { Branch, Journey, Stretch } from '../../../src/timing/index.ts'
import { flowOf } from './stream.ts'

/** Neighbouring stretches of one holder in one step: what gets one label. */
export interface Reach {
  branch: Branch
  holder: string
  stretches: Stretch[]
  waitingMs: number
  actingMs: number
  machineMs: number
  late: boolean
  /** Still running. */
  open: boolean
  /** Nobody here has it: it waits for the branches under it. */
  below: boolean
  /** Its last stretch is waiting: nobody has looked yet. */
  unseen: boolean
  from: Date
}

const sum = (stretches: readonly Stretch[], kind: Stretch['kind']): number =>
  stretches.filter((stretch) => stretch.kind === kind).reduce((total, stretch) => total + stretch.workingMs, 0)

function reachOf(branch: Branch, first: Stretch, stretches: Stretch[], language: keyof Stretch['title']): Reach {
  const last = stretches.at(-1) ?? first
  return {
    branch,
    stretches,
    holder: nameOf(first, branch, language),
    waitingMs: sum(stretches, 'waiting'),
    actingMs: sum(stretches, 'acting'),
    machineMs: sum(stretches, 'machine'),
    late: stretches.some((stretch) => stretch.late),
    open: last.to === null,
    below: flowOf(first) === 'below',
    unseen: last.kind === 'waiting',
    from: first.from,
  }
}

const sameReach = (a: Stretch, b: Stretch): boolean =>
  a.holder === b.holder &&
  a.to?.getTime() === b.from.getTime() &&
  (a.kind === 'machine') === (b.kind === 'machine') &&
  (flowOf(a) === 'below') === (flowOf(b) === 'below')

/** Who had a stretch; a step nobody holds goes by its own name. */
export const nameOf = (stretch: Stretch, branch: Branch, language: keyof Stretch['title']): string =>
  stretch.holder ?? (branch.parent === null ? null : branch.holder) ?? stretch.title[language]

export function reachesOf(journey: Journey, language: keyof Stretch['title']): Reach[] {
  return journey.branches.flatMap((branch) => {
    const runs: Stretch[][] = []
    for (const stretch of branch.stretches) {
      const run = runs.at(-1)
      const before = run?.at(-1)
      if (run && before && sameReach(before, stretch)) run.push(stretch)
      else runs.push([stretch])
    }
    return runs.flatMap((run) => (run[0] ? [reachOf(branch, run[0], run, language)] : []))
  })
}
