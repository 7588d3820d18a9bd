import { verifyAudit } from './audit.ts'
import { resetDemo } from './demo.ts'
import { examine } from './doctor.ts'
import { createToken, listUsers, setPassword } from './people.ts'

export interface CommandOptions {
  json?: boolean | undefined
  user?: string | undefined
  label?: string | undefined
  days?: string | undefined
}

/** What a command has to say: for people and for machines. */
export interface Outcome {
  ok: boolean
  text: string
  data: unknown
}

const commands: Record<string, (options: CommandOptions) => Promise<Outcome>> = {
  doctor: examine,
  'user list': () => listUsers(),
  'user set-password': setPassword,
  'token create': createToken,
  'demo reset': () => resetDemo(),
  'audit verify': () => verifyAudit(),
}

/** Runs a command by its words; null when there is none of that name. */
export async function runCommand(words: string, options: CommandOptions): Promise<Outcome | null> {
  return (await commands[words]?.(options)) ?? null
}
