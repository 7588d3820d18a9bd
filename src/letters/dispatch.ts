import { type ActingPerson, type ChildDone, type EventStamp, stampOn } from '../engine/index.ts'
import type {
  AddressedLine,
  Branches,
  DispositionLine,
  DispositionOutcome,
  Giver,
  Level,
  Recipients,
} from './schemas.ts'

/** Pure steps that every giver of dispositions shares: the letter's head and each receiver who passes it on. */

/** Lines that were given and whose receivers are being looked up. */
export interface Pending extends Recipients {
  at: string
}

/** Answer of `resolveRecipients`. */
export interface Resolved {
  giver: Giver
  lines: AddressedLine[]
}

const NOBODY = { position: '', person: '', title: '', name: '' }

export const nameOf = (by: ActingPerson | null): string => by?.name ?? ''

export function pendingOf(lines: DispositionLine[], { at, by }: EventStamp): Pending {
  const { position, person, title, name } = by ?? NOBODY
  return { lines, at, giver: { position, person, title, name } }
}

/** What `resolveRecipients` is asked. */
export const recipientsOf = (pending: Pending | null): Recipients => ({
  lines: pending?.lines ?? [],
  giver: pending?.giver ?? NOBODY,
})

/** Id of the branch that the n-th line of an act becomes. */
const branchId = (event: unknown, index: number): string => `${stampOn(event).ref}-${index}`

/** The giver's branches with one more for every resolved line. */
export function withOpened(branches: Branches, event: { output: Resolved }, pending: Pending | null): Branches {
  const opened = event.output.lines.map(({ to, title }, index) => {
    return [branchId(event, index), { to, title, status: 'open' as const, at: pending?.at ?? '', note: null }] as const
  })
  return { ...branches, ...Object.fromEntries(opened) }
}

/** Children to spawn for the resolved lines, each with the chain of acts that led to it. */
export function childrenOf(event: { output: Resolved }, pending: Pending | null, above: readonly Level[]) {
  const { giver, lines } = event.output
  const chain: Level[] = [...above, { giver, at: pending?.at ?? '', lines }]
  return lines.map((line, index) => ({ id: branchId(event, index), chain, line }))
}

const changed = (branches: Branches, id: string, change: Partial<Branches[string]>): Branches => {
  const branch = branches[id]
  return branch ? { ...branches, [id]: { ...branch, ...change } } : branches
}

export function withAnswered(branches: Branches, { id, output }: Pick<ChildDone<DispositionOutcome>, 'id' | 'output'>) {
  const { status, note, at } = output
  return changed(branches, id, { status, note, at })
}

export const withReleased = (branches: Branches, { branch, reason }: { branch: string; reason: string }, at: string) =>
  changed(branches, branch, { status: 'released', note: reason, at })

export const isBranchOpen = (branches: Branches, id: string): boolean => branches[id]?.status === 'open'

export const isAnyOpen = (branches: Branches): boolean =>
  Object.values(branches).some(({ status }) => status === 'open')

/** What an activity's error says; total, whatever came. */
export const problemOf = (error: unknown): string =>
  String((error as { message?: unknown } | null)?.message ?? 'unknown').slice(0, 500)
