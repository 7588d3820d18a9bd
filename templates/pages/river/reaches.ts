import type { Branch, Journey, Stretch } from '../../../src/timing/index.ts'

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
  /** Its last stretch is waiting: nobody has looked yet. */
  unseen: boolean
  from: Date
}

const sum = (stretches: readonly Stretch[], kind: Stretch['kind']): number =>
  stretches.filter((stretch) => stretch.kind === kind).reduce((total, stretch) => total + stretch.workingMs, 0)

function reachOf(branch: Branch, first: Stretch, stretches: Stretch[], system: string): Reach {
  const last = stretches.at(-1) ?? first
  return {
    branch,
    stretches,
    holder: first.holder ?? branch.holder ?? system,
    waitingMs: sum(stretches, 'waiting'),
    actingMs: sum(stretches, 'acting'),
    machineMs: sum(stretches, 'machine'),
    late: stretches.some((stretch) => stretch.late),
    open: last.to === null,
    unseen: last.kind === 'waiting',
    from: first.from,
  }
}

const sameReach = (a: Stretch, b: Stretch): boolean =>
  a.holder === b.holder && a.to?.getTime() === b.from.getTime() && (a.kind === 'machine') === (b.kind === 'machine')

/** @param system name for the machine's own work */
export function reachesOf(journey: Journey, system: string): Reach[] {
  return journey.branches.flatMap((branch) => {
    const runs: Stretch[][] = []
    for (const stretch of branch.stretches) {
      const run = runs.at(-1)
      const before = run?.at(-1)
      if (run && before && sameReach(before, stretch)) run.push(stretch)
      else runs.push([stretch])
    }
    return runs.flatMap((run) => (run[0] ? [reachOf(branch, run[0], run, system)] : []))
  })
}
