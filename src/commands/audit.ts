import type { Outcome } from './command.ts'
import { withRooms } from './database.ts'

const SHOWN_MAX = 20

/** Recomputes the hash chain of every instance. */
export const verifyAudit = (): Promise<Outcome> =>
  withRooms(async ({ engine }) => {
    let instances = 0
    let entries = 0
    const bad: { instance: string; firstBad: number | null }[] = []
    for await (const id of engine.ids()) {
      const report = await engine.verify(id)
      instances++
      entries += report.entries
      if (!report.valid) bad.push({ instance: id, firstBad: report.firstBad })
    }
    const broken = bad.slice(0, SHOWN_MAX).map(({ instance, firstBad }) => `RUSAK / BROKEN ${instance} #${firstBad}`)
    const summary = `${instances} rantai, ${entries} catatan, ${bad.length} rusak / chains, entries, broken`
    return { ok: bad.length === 0, text: [...broken, summary].join('\n'), data: { instances, entries, bad } }
  })
