import { invalidInput } from '../platform/index.ts'
import type { CommandOptions, Outcome } from './command.ts'
import { withRooms } from './database.ts'

const REASON_LENGTH_MIN = 3

export const listParked = (): Promise<Outcome> =>
  withRooms(async ({ engine }) => {
    const parked = await engine.parked()
    const lines = parked.map(({ id, workflow, problem, since }) =>
      [id, workflow, since.toISOString(), problem].join('\t'),
    )
    return { ok: true, text: lines.join('\n') || 'Tidak ada yang berhenti. / Nothing is parked.', data: parked }
  })

export const retryParked = ({ id, reason }: CommandOptions): Promise<Outcome> =>
  withRooms(async ({ engine }) => {
    if (!id || !reason || reason.trim().length < REASON_LENGTH_MIN)
      throw invalidInput('cli.reason-missing', '--id <instance> and --reason <why> are needed')
    const { status, revision } = await engine.retry(id, reason)
    return { ok: true, text: `${id}: ${status}`, data: { id, status, revision } }
  })
