import { readFile, stat } from 'node:fs/promises'
import { invalidInput } from '../platform/index.ts'
import type { CommandOptions, Outcome } from './command.ts'
import { withRooms } from './database.ts'

const FILE_BYTES_MAX = 32 * 1024 * 1024

async function readJson(file: string | undefined): Promise<unknown> {
  if (!file) throw invalidInput('cli.file-missing', '--file <json> is needed')
  const { size } = await stat(file)
  if (size > FILE_BYTES_MAX) throw invalidInput('cli.file-unreadable', `${file} is larger than ${FILE_BYTES_MAX} bytes`)
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (cause) {
    throw invalidInput('cli.file-unreadable', `${file} is no JSON: ${(cause as Error).message}`, { cause })
  }
}

/** Takes units, posts, people and holders over from a file; with `--dry-run` only checks it. */
export async function importOrganization({ file, 'dry-run': dryRun = false }: CommandOptions): Promise<Outcome> {
  const data = await readJson(file)
  return withRooms(async ({ organization }) => {
    const report = await organization.importRoster(data, { dryRun })
    const { units, positions, persons, holdings } = report
    const said = `${units} unit, ${positions} jabatan, ${persons} orang, ${holdings} pemangku`
    return {
      ok: true,
      text: `${dryRun ? 'Diperiksa / checked' : 'Dimuat / loaded'}: ${said}`,
      data: { dryRun, ...report },
    }
  })
}
