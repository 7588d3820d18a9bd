import { parseArgs } from 'node:util'
import { runCommand } from './commands/index.ts'
import { AppError } from './platform/index.ts'

const USAGE = `mahakam <perintah> / <command>

  doctor [--json]                          periksa mesin ini / check this machine
  organization import --file <json> [--dry-run]
                                           unit, jabatan, orang / units, posts, people
  user list [--json]                       daftar pengguna / list people
  user set-password --user <name>          baca sandi dari masukan standar / read it from standard input
  token create --user <name> [--label <t>] [--days <n>] [--json]
                                           buat token API, tampil sekali / make an API token, shown once
  demo reset                               muat ulang provinsi rekaan / load the fictitious province anew
  instance parked [--json]                 yang berhenti karena galat / what stands still
  instance retry --id <id> --reason <why>  coba lagi, tercatat / try again, audited
  audit verify [--json]                    hitung ulang semua rantai audit / recompute every audit chain
`

const options = {
  json: { type: 'boolean', default: false },
  user: { type: 'string' },
  label: { type: 'string' },
  days: { type: 'string' },
  id: { type: 'string' },
  reason: { type: 'string' },
  file: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

/** Exit codes: 0 done, 1 refused or failed, 2 wrong usage. */
async function main(): Promise<number> {
  const parsed = (() => {
    try {
      return parseArgs({ options, allowPositionals: true })
    } catch (error) {
      console.error((error as Error).message)
      return null
    }
  })()
  if (!parsed || parsed.values.help || parsed.positionals.length === 0) {
    console.error(USAGE)
    return parsed?.values.help ? 0 : 2
  }
  const outcome = await runCommand(parsed.positionals.join(' '), parsed.values)
  if (outcome === null) {
    console.error(USAGE)
    return 2
  }
  console.log(parsed.values.json ? JSON.stringify(outcome.data) : outcome.text)
  return outcome.ok ? 0 : 1
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const known = error instanceof AppError ? `${error.code}: ${error.message}` : String(error)
    console.error(known)
    process.exit(1)
  },
)
