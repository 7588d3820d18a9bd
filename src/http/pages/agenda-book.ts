import type { Actor, Engine } from '../../engine/index.ts'
import {
  type AgendaLine,
  agendaPage,
  agendaYears,
  type BookedLetter,
  type FindLetters,
  type Ledger,
} from '../../letters/index.ts'
import { AppError } from '../../platform/index.ts'
import type { AgendaRow } from '../views/index.ts'
import { factOf, momentOf, secrecyOf, urgencyOf } from './facts.ts'
import type { AgendaBook, BookQuery } from './rooms.ts'

const WORKFLOW = 'incoming-letter'
const SENDERS_FROM = 100

/** Most letters that one search looks at: a busy year of a large office. */
const FOUND_MAX = 2_000
const FOUND_PAGE = 100

/** Letters of the unit with all the words, asked for once and then looked up. */
function findAmong(engine: Pick<Engine, 'instances'>, { actor, unit, text }: BookQuery): FindLetters {
  const search = async () => {
    const found = new Map<string, BookedLetter>()
    let cursor: string | undefined
    do {
      const page = await engine.instances({ actor, unit, text, workflow: WORKFLOW, cursor, limit: FOUND_PAGE })
      for (const letter of page.items) found.set(letter._id, letter)
      cursor = page.next ?? undefined
    } while (cursor && found.size < FOUND_MAX)
    return found
  }
  let asked: ReturnType<typeof search> | undefined
  return async (ids) => {
    asked ??= search()
    const found = await asked
    return ids.flatMap((id) => found.get(id) ?? [])
  }
}

/** Letters by id as far as the actor may read them; the others stay numbers. */
function findFor(engine: Pick<Engine, 'read'>, actor: Actor): FindLetters {
  const one = (id: string) =>
    engine.read(id, actor).catch((error: unknown) => {
      if (error instanceof AppError && error.kind === 'not-found') return null
      throw error
    })
  return async (ids) => (await Promise.all(ids.map(one))).filter((letter) => letter !== null)
}

/** Posts to which a letter was disposed, from its branches. */
function receiversOf(branches: unknown): string[] {
  if (!branches || typeof branches !== 'object') return []
  const titles = Object.values(branches).map((branch: { title?: unknown } | null) => branch?.title)
  return [...new Set(titles.filter((title) => typeof title === 'string'))]
}

function rowOf({ number, at, instance, letter }: AgendaLine): AgendaRow {
  if (!letter) {
    return { number, receivedAt: at, href: null, letter: null }
  }
  const { summary, status, context } = letter
  return {
    number,
    receivedAt: momentOf(summary, 'receivedAt') ?? at,
    href: `/instances/${instance}`,
    letter: {
      sender: factOf(summary, 'from') ?? '',
      number: factOf(summary, 'number') ?? '',
      date: factOf(summary, 'date'),
      subject: summary.title,
      urgency: urgencyOf(summary, 0),
      secrecy: secrecyOf(summary),
      status,
      to: receiversOf(context.branches),
    },
  }
}

/** The agenda book over the ledger of numbers and the letters that bear them. */
export function agendaBook(engine: Pick<Engine, 'read' | 'instances'>, ledger: Ledger): AgendaBook {
  return {
    years: (unit) => agendaYears(ledger, unit),
    page: async (query) => {
      const find = query.text === '' ? findFor(engine, query.actor) : findAmong(engine, query)
      const { lines, total, next } = await agendaPage(ledger, query, find)
      return { rows: lines.map(rowOf), total, next }
    },
    correspondents: async (unit, actor) => {
      const { items } = await engine.instances({ actor, unit, workflow: WORKFLOW, limit: SENDERS_FROM })
      const counts = new Map<string, number>()
      for (const { summary } of items) {
        const sender = factOf(summary, 'from')
        if (sender) counts.set(sender, (counts.get(sender) ?? 0) + 1)
      }
      return [...counts].toSorted(([, m], [, n]) => n - m).map(([sender]) => sender)
    },
  }
}
