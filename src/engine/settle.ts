import { ask, type Cause, type Decision, decideNote, decideStep, stampOf } from './decide.ts'
import type { Moment } from './draft.ts'
import type { Instance, Invocation, Json, Message } from './instance.ts'
import type { Process } from './registry.ts'

/** Far enough that no sweeper offers it: a parked message waits for an operator. */
const NEVER = new Date('9999-12-31T00:00:00Z')

/** How an activity or a child ended. */
export type Answer = { ok: true; output: Json } | { ok: false; error: { code: string; message: string } }

/** Whether an answer to this message was applied before: at-least-once delivery makes repeats ordinary. */
const wasApplied = (instance: Instance, messageId: string): boolean =>
  instance.audit.some(({ data }) => (data as { message?: string } | null)?.message === messageId)

function park(process: Process, instance: Instance, message: string, problem: string, moment: Moment): Decision {
  const cause: Cause = { kind: 'operator', event: 'engine.park', by: null, operation: null, data: { message, problem } }
  const held = (row: Message) => (row.id === message ? { ...row, offerAt: NEVER, lastError: problem } : row)
  const waiting = { ...instance, messages: instance.messages.map(held) }
  return decideNote(process, waiting, cause, moment, { outcome: { status: 'parked', problem } })
}

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
 * Lets an answer in. Null when its question is no longer open and it had been applied before; an answer to a question
 * that was dropped is recorded and otherwise ignored. An error that the machine does not handle parks the instance.
 */
export function decideAnswer(
  process: Process,
  instance: Instance,
  { message, name, answer }: { message: string; name: string; answer: Answer },
  moment: Moment,
): Decision | null {
  const open = instance.invocations.find((invocation) => invocation.id === message)
  const row = instance.messages.find((candidate) => candidate.id === message)
  if (!open && !row) return lateAnswer(process, instance, message, name, moment)
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
    return park(process, instance, message, `defect of the workflow: ${(defect as Error).message}`, moment)
  }
}

function lateAnswer(process: Process, instance: Instance, message: string, name: string, moment: Moment) {
  if (wasApplied(instance, message)) return null
  const cause: Cause = { kind: 'refused-answer', event: name, by: null, operation: null, data: { message } }
  return decideNote(process, instance, cause, moment)
}

/** A timer that is due; null when it was cancelled or has fired. */
export function decideTimer(process: Process, instance: Instance, id: string, moment: Moment): Decision | null {
  const timer = instance.timers.find((candidate) => candidate.id === id)
  if (!timer || timer.dueAt > moment.now || instance.status !== 'active') return null
  const { dueAt, delay } = timer
  const data = { timer: id, dueAt: dueAt.toISOString(), delay }
  const cause: Cause = { kind: 'timer', event: timer.event.type, by: null, operation: null, data }
  const event = { ...timer.event, ...stampOf(instance.revision + 1, moment, null) }
  const step = ask(process, instance, event)
  const options = { fired: id }
  if (!step.changed) return decideNote(process, instance, cause, moment, options)
  return decideStep(process, instance, { step, event }, cause, moment, options)
}

/** Ends an instance from outside: its parent has left the state that waited for it. */
export function decideStop(process: Process, instance: Instance, reason: string, moment: Moment): Decision | null {
  if (instance.endedAt) return null
  const cause: Cause = { kind: 'operator', event: 'engine.cancel', by: null, operation: null, data: { reason } }
  return decideNote(process, instance, cause, moment, { outcome: { status: 'stopped', problem: null } })
}

/** Lets a parked instance try again what it stood still over; null when it is not parked. */
export function decideRetry(process: Process, instance: Instance, reason: string, moment: Moment): Decision | null {
  if (instance.status !== 'parked') return null
  const cause: Cause = { kind: 'operator', event: 'engine.retry', by: null, operation: null, data: { reason } }
  const again = (row: Message) =>
    row.offerAt.getTime() === NEVER.getTime() ? { ...row, offerAt: moment.now, tries: 0, lastError: null } : row
  const waiting = { ...instance, messages: instance.messages.map(again) }
  return decideNote(process, waiting, cause, moment, { outcome: { status: 'active', problem: null } })
}
