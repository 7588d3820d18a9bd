import { defaultCalendar } from '../../calendar/index.ts'
import type { Engine } from '../../engine/index.ts'
import type { Ledger } from '../../letters/index.ts'
import type { Organization } from '../../organization/index.ts'
import { agendaBook } from './agenda-book.ts'
import type { PageRooms } from './rooms.ts'

export interface PageRoomsOptions {
  engine: Engine
  ledger: Ledger
  organization: Organization
  timing: PageRooms['timing']
  clock?: () => Date
  zone?: string
}

/** Fits the rooms to what the pages ask for. */
export function createPageRooms(options: PageRoomsOptions): PageRooms {
  const { engine, ledger, organization, timing, clock = () => new Date(), zone = 'Asia/Makassar' } = options
  const { directory, province } = organization
  return {
    timing,
    clock,
    zone,
    agenda: agendaBook(engine, ledger),
    elapsedMs: (_unit, from, to) => defaultCalendar.workingMsBetween(from, to),
    personas: async () =>
      Promise.all(
        (await province.personas()).map(async ({ person, name, title, unit, line }) => {
          const actor = await directory.actorOf(person)
          const tasks = await engine.countTasks(actor)
          return { id: person, name, post: title, unit, line, tasks }
        }),
      ),
  }
}
