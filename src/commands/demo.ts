import { ensureDemo } from '../demo.ts'
import { createLogger, loadConfig, unprocessable } from '../platform/index.ts'
import type { Outcome } from './command.ts'
import { withRooms } from './database.ts'

/**
 * Empties the trial's database and plays the fictitious province anew; a running trial may go on running.
 * @throws AppError demo.not-a-trial
 */
export function resetDemo(): Promise<Outcome> {
  if (loadConfig().mode !== 'trial') throw unprocessable('demo.not-a-trial', 'only the trial is ever emptied')
  return withRooms(async (_rooms, { empty, connection, config }) => {
    await empty()
    await ensureDemo(connection, config, createLogger('silent', 'cli'))
    const letters = await connection.collection('agenda_numbers').countDocuments()
    const text = `Provinsi rekaan dimuat ulang: ${letters} surat. / The fictitious province is loaded anew.`
    return { ok: true, text, data: { letters } }
  })
}
