import { loadConfig, runDoctor } from '../platform/index.ts'
import type { Outcome } from './command.ts'

/** Looks at this machine and the configuration; changes nothing. */
export async function examine(): Promise<Outcome> {
  const report = await runDoctor(loadConfig())
  const lines = report.checks.map(({ name, ok, detail }) => `${ok ? 'baik' : 'RUSAK'}\t${name}\t${detail ?? ''}`)
  return { ok: report.ok, text: lines.join('\n'), data: report }
}
