import type { Branch, Journey, Stretch } from '../../../src/timing/index.ts'
import type { Lanes } from './lanes.ts'
import { type Course, ease, ribbon } from './ribbon.ts'
import type { Scale } from './scale.ts'

/** How a stretch flows. Below: nobody here has it, it waits for the branches under it, where the water runs now. */
export type Flow = Stretch['kind'] | 'below'

export const flowOf = ({ kind, for: keys }: Stretch): Flow => (kind === 'waiting' && keys.length === 0 ? 'below' : kind)

/** Half widths in px: waiting water spreads, acting water runs. */
export type Widths = Readonly<Record<Flow, number>>

export interface StreamOptions {
  journey: Journey
  lanes: Lanes
  scale: Scale
  widths: Widths
  /** Sideways place of a lane. */
  across(lane: number): number
  /** Length of the bend between two lanes. */
  bend: number
  flip: boolean
}

/** One drawn stretch: the whole, and the part beyond what was allowed. */
export interface DrawnStretch {
  stretch: Stretch
  branch: Branch
  from: number
  to: number
  flow: Flow
  course: Course
  d: string
  lateD: string | null
}

/** How far widths of neighbours run into each other. */
const TAPER = 18
const SEAM = 0.6

function laneAcross(options: StreamOptions, instance: string | null, fallback: number): number {
  const lane = instance === null ? undefined : options.lanes.get(instance)
  return lane === undefined ? fallback : options.across(lane)
}

/** Middle line of a branch: leaves its parent's lane at the fork, comes back to it at the join. */
function middleOf(branch: Branch, options: StreamOptions): (along: number) => number {
  const own = laneAcross(options, branch.instance, 0)
  const parent = laneAcross(options, branch.parent, own)
  const fork = options.scale.at(branch.forkedAt)
  const join = branch.joinedAt && !branch.open ? options.scale.at(branch.joinedAt) : null
  // Far lanes are reached in longer bends, so that the water never turns back on itself.
  const easy = Math.max(options.bend, Math.abs(own - parent) * 0.7)
  const bend = join === null ? easy : Math.min(easy, (join - fork) / 2.2)
  return (along) => {
    const out = ease((along - fork) / (bend || 1))
    const back = join === null ? 0 : ease((along - join + bend) / (bend || 1))
    return parent + (own - parent) * Math.min(out, 1 - back)
  }
}

/** Half width within a stretch: from the narrower neighbour at its ends to its own in the middle. */
function halfOf(from: number, to: number, own: number, before: number, after: number): (along: number) => number {
  const taper = Math.min(TAPER, (to - from) / 2) || 1
  return (along) => {
    const start = before + (own - before) * ease((along - from) / taper)
    const end = after + (own - after) * ease((to - along) / taper)
    return Math.min(start, end)
  }
}

/** Place from which a stretch is late; its end when it is not, its start when nothing was allowed any more. */
function lateFrom(stretch: Stretch, from: number, to: number): number {
  if (!stretch.late) return to
  const { allowedWorkingMs: allowed, workingMs } = stretch
  const share = allowed === null || workingMs <= 0 ? 0 : Math.min(1, Math.max(0, allowed / workingMs))
  return Math.min(from + (to - from) * share, to - Math.min(6, (to - from) / 2))
}

function drawBranch(branch: Branch, options: StreamOptions): DrawnStretch[] {
  const { scale, widths, flip, journey } = options
  const middle = middleOf(branch, options)
  const joins = branch.parent !== null && !branch.open
  return branch.stretches.map((stretch, index) => {
    const [from, to] = [scale.at(stretch.from), scale.at(stretch.to ?? journey.now)]
    const flow = flowOf(stretch)
    const own = widths[flow]
    const edge = (neighbour: Stretch | undefined, mouth: number) =>
      Math.min(own, neighbour ? widths[flowOf(neighbour)] : mouth)
    const before = edge(branch.stretches[index - 1], branch.parent === null ? widths.acting : widths.below)
    const after = edge(branch.stretches[index + 1], joins ? widths.below : widths.acting)
    const course: Course = { across: middle, half: halfOf(from, to, own, before, after) }
    const late = lateFrom(stretch, from, to)
    const lateD = late < to ? ribbon(course, late, to, flip) : null
    // A little into the next one, so that no seam shows between them.
    const end = index < branch.stretches.length - 1 ? to + SEAM : to
    return { stretch, branch, from, to, flow, course, d: ribbon(course, from, end, flip), lateD }
  })
}

/** Branches in which something is under way now: where the open ends of the drawing are. */
export const openEnds = (journey: Journey): Branch[] =>
  journey.branches.filter(({ open, stretches }) => {
    const last = stretches.at(-1)
    return open && last !== undefined && last.to === null && flowOf(last) !== 'below'
  })

/** When the journey ended, or now. */
export function endOf(journey: Journey): Date {
  if (journey.branches.some(({ open }) => open)) return journey.now
  const ends = journey.branches.flatMap(({ joinedAt, stretches }) => [joinedAt, ...stretches.map(({ to }) => to)])
  return new Date(Math.max(...ends.map((end) => end?.getTime() ?? 0)))
}

/** Every stretch of the journey as a shape, in the order in which it is read. */
export const drawStream = (options: StreamOptions): DrawnStretch[] =>
  options.journey.branches.flatMap((branch) => drawBranch(branch, options))

/** The dry bed under a branch that waits for others: from its last stretch to its end. */
export function bedOf(branch: Branch, options: StreamOptions): { from: number; to: number; across: number } | null {
  const last = branch.stretches.at(-1)
  const start = last ? last.to : branch.forkedAt
  if (!start) return null
  const from = options.scale.at(start)
  const to = branch.open ? options.scale.end : options.scale.at(branch.joinedAt ?? start)
  return to - from > 2 ? { from, to, across: laneAcross(options, branch.instance, 0) } : null
}
