import { ask, type Cause, type Decision, decideNote, decideStep, stampOf } from './decide.ts'
import type { Moment } from './draft.ts'
import type { Instance, Invocation, Json, Message } from './instance.ts'
import type { Process } from './registry.ts'

/** Far enough that no sweeper offers it: a parked message waits for an operator. */
const NEVER = new Date('9999-12-31T00:00:00Z')

/** Whether a message waits for an operator rather than for its time. */
export const isHeld = ({ offerAt }: Message): boolean => offerAt.getTime() >= NEVER.getTime()

/** How an activity or a child ended. */
export type Answer = { ok: true; output: Json } | { ok: false; error: { code: string; message: string } }

/**
 * Lets the instance stand still over a message or a timer until an operator has looked at it. Null when it stands
 * still already and there is nothing new to hold: a repeat would only fill the audit. What has ended stays ended, and
 * is visible by its problem.
 */
function park(process: Process, instance: Instance, over: string, problem: string, moment: Moment): Decision | null {
  const isNew = instance.messages.some((row) => row.id === over && !isHeld(row))
  if (instance.status === 'parked' && !isNew) return null
  const data = { message: over, problem }
  const cause: Cause = { kind: 'operator', event: 'engine.park', by: null, operation: null, data }
  const held = (row: Message) => (row.id === over ? { ...row, offerAt: NEVER, lastError: problem } : row)
  const waiting = { ...instance, messages: instance.messages.map(held) }
  const status = instance.endedAt ? instance.status : 'parked'
  return decideNote(process, waiting, cause, moment, { outcome: { status, problem } })
}

const defectOf = (error: unknown): string => `defect of the workflow: ${(error as Error).message}`

function causeOf(open: Invocation | undefined, message: string, name: string, answer: Answer): Cause {
  const data = { message, ...answer } as unknown as Json
  const kind = open === undefined ? 'effect' : open.kind === 'workflow' ? 'child' : 'activity'
  return { kind, event: open?.invoke ?? name, by: null, operation: null, data }
}

/** The event XState expects for an answer; spawned children all come back as `child.done`. */
function eventOf(open: Invocation, answer: Answer, revision: number, moment: Moment) {
  const stamp = stampOf(revision, moment, null)
  if (!answer.ok)
    return { type: `xstate.error.actor.${open.invoke}`, actorId: open.invoke, error: answer.error, ...stamp }
  if (open.kind === 'workflow' && open.state === null)
    return { type: 'child.done', id: open.invoke, output: answer.output, ...stamp }
  return { type: `xstate.done.actor.${open.invoke}`, actorId: open.invoke, output: answer.output, ...stamp }
}

/**
 * Lets an answer in. An answer to a question that was dropped is recorded and otherwise ignored. An error that the
 * machine does not handle parks the instance; null when it is parked over that already.
 */
export function decideAnswer(
  process: Process,
  instance: Instance,
  { message, name, answer }: { message: string; name: string; answer: Answer },
  moment: Moment,
): Decision | null {
  const open = instance.invocations.find((invocation) => invocation.id === message)
  const row = instance.messages.find((candidate) => candidate.id === message)
  if (!open && !row) return lateAnswer(process, instance, { message, name }, moment)
  const cause = causeOf(open, message, name, answer)
  if (!open) {
    if (!answer.ok) return park(process, instance, message, answer.error.message, moment)
    return decideNote(process, instance, cause, moment, { settles: message })
  }
  const event = eventOf(open, answer, instance.revision + 1, moment)
  try {
    const step = ask(process, instance, event)
    if (step.state.status === 'error')
      return park(process, instance, message, step.state.error ?? 'unhandled error', moment)
    if (step.changed) return decideStep(process, instance, { step, event }, cause, moment, { settles: message })
    if (!answer.ok) return park(process, instance, message, answer.error.message, moment)
    return decideNote(process, instance, cause, moment, { settles: message })
  } catch (defect) {
    return park(process, instance, message, defectOf(defect), moment)
  }
}

function lateAnswer(
  process: Process,
  instance: Instance,
  { message, name }: { message: string; name: string },
  moment: Moment,
): Decision {
  const cause: Cause = { kind: 'refused-answer', event: name, by: null, operation: null, data: { message } }
  return decideNote(process, instance, cause, moment)
}

/** A timer that is due; null when it was cancelled or has fired. A step that throws parks, the timer stays. */
export function decideTimer(process: Process, instance: Instance, id: string, moment: Moment): Decision | null {
  const timer = instance.timers.find((candidate) => candidate.id === id)
  if (!timer || timer.dueAt > moment.now || instance.status !== 'active') return null
  const { dueAt, delay } = timer
  const data = { timer: id, dueAt: dueAt.toISOString(), delay }
  const cause: Cause = { kind: 'timer', event: timer.event.type, by: null, operation: null, data }
  const event = { ...timer.event, ...stampOf(instance.revision + 1, moment, null) }
  const options = { fired: id }
  try {
    const step = ask(process, instance, event)
    if (!step.changed) return decideNote(process, instance, cause, moment, options)
    return decideStep(process, instance, { step, event }, cause, moment, options)
  } catch (defect) {
    return park(process, instance, id, defectOf(defect), moment)
  }
}

/** Ends an instance from outside: its parent has left the state that waited for it. */
export function decideStop(process: Process, instance: Instance, reason: string, moment: Moment): Decision | null {
  if (instance.endedAt) return null
  const cause: Cause = { kind: 'operator', event: 'engine.cancel', by: null, operation: null, data: { reason } }
  return decideNote(process, instance, cause, moment, { outcome: { status: 'stopped', problem: null } })
}

/** Lets an instance try again what it stood still over; null when it has no problem. */
export function decideRetry(process: Process, instance: Instance, reason: string, moment: Moment): Decision | null {
  if (instance.problem === null) return null
  const cause: Cause = { kind: 'operator', event: 'engine.retry', by: null, operation: null, data: { reason } }
  const again = (row: Message) => (isHeld(row) ? { ...row, offerAt: moment.now, tries: 0, lastError: null } : row)
  const status = instance.endedAt ? instance.status : 'active'
  const waiting = { ...instance, messages: instance.messages.map(again) }
  return decideNote(process, waiting, cause, moment, { outcome: { status, problem: null } })
}
