import { loadConfig, unprocessable } from '../platform/index.ts'
import { withRooms } from './database.ts'
import type { Outcome } from './index.ts'

/** Empties the trial's database and loads the fictitious province anew. @throws AppError demo.not-a-trial */
export function resetDemo(): Promise<Outcome> {
  if (loadConfig().mode !== 'trial') throw unprocessable('demo.not-a-trial', 'only the trial is ever emptied')
  return withRooms(async ({ organization: { province } }, { empty }) => {
    await empty()
    await province.load()
    return {
      ok: true,
      text: 'Provinsi rekaan dimuat ulang. / The fictitious province is loaded anew.',
      data: { ok: true },
    }
  })
}
