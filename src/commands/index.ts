import type { CommandOptions, Outcome } from './command.ts'

type Command = (options: CommandOptions) => Promise<Outcome>

/** Each loaded only when it is called for. */
const commands: Record<string, () => Promise<Command>> = {
  doctor: async () => (await import('./doctor.ts')).examine,
  'user list': async () => (await import('./people.ts')).listUsers,
  'user set-password': async () => (await import('./people.ts')).setPassword,
  'organization import': async () => (await import('./organization.ts')).importOrganization,
  'token create': async () => (await import('./people.ts')).createToken,
  'demo reset': async () => (await import('./demo.ts')).resetDemo,
  'instance parked': async () => (await import('./instances.ts')).listParked,
  'instance retry': async () => (await import('./instances.ts')).retryParked,
  'audit verify': async () => (await import('./audit.ts')).verifyAudit,
}

/** Runs a command by its words; null when there is none of that name. */
export async function runCommand(words: string, options: CommandOptions): Promise<Outcome | null> {
  const load = Object.hasOwn(commands, words) ? commands[words] : undefined
  return load ? (await load())(options) : null
}
