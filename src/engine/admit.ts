import { AppError } from '../platform/index.ts'
import type { Commands } from './commands.ts'
import type { Instance } from './instance.ts'
import { type Answer, decideAnswer } from './settle.ts'
import type { Store } from './store.ts'

interface Answered {
  /** The message that asked. */
  message: string
  name: string
  answer: Answer
}

const isTooLarge = (error: unknown): error is AppError => error instanceof AppError && error.kind === 'too-large'

/**
 * Lets the answer of an activity or a child into the instance that asked; however often it comes, it is applied once.
 * An answer too large for its instance counts as an error, since asking again would bring the same.
 * @returns the instance as it stands then
 */
export function admit(
  { store, commands }: { store: Store; commands: Commands },
  instance: string,
  { message, name, answer }: Answered,
): Promise<Instance> {
  const decide = (given: Answer) =>
    commands.change(instance, async (current, process, moment) => {
      const isOpen = [...current.invocations, ...current.messages].some(({ id }) => id === message)
      if (!isOpen && (await store.wasAnswered(current, message))) return null
      return decideAnswer(process, current, { message, name, answer: given }, moment)
    })
  return decide(answer).catch((error: unknown) => {
    if (!isTooLarge(error)) throw error
    return decide({ ok: false, error: { code: error.code, message: error.message } })
  })
}
