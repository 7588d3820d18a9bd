import { randomUUID } from 'node:crypto'
import type { Request, Response } from 'express'
import { z } from 'zod'
import type { Actor } from '../../engine/index.ts'
import { AppError } from '../../platform/index.ts'
import { callerOf } from '../caller.ts'
import { errorText } from '../error-text.ts'
import { languageOf } from '../language.ts'
import type { Parts } from '../parts.ts'
import { recognise } from '../recognise.ts'
import type { Chrome, Language, Models, NavItem, NavKey, Notice, Pages, RefusalView } from '../views/index.ts'
import type { PageRooms } from './rooms.ts'

/** What every page route works with. */
export interface Desk {
  parts: Parts
  rooms: PageRooms
  views: Pages
  /** Where the assets of this release lie. */
  assets: string
}

const rolesOf = (actor: Actor): Set<string> =>
  new Set(actor.posts.flatMap(({ keys }) => keys.flatMap((key) => /^role:([^@]+)$/.exec(key)?.[1] ?? [])))

/** Units in which the actor registers letters. */
export const registrarUnits = (actor: Actor): string[] => [
  ...new Set(actor.posts.filter(({ keys }) => keys.includes('role:registrar')).map(({ unit }) => unit)),
]

/** Who sees the agenda book: whoever keeps or answers for it. */
export const bookUnits = (actor: Actor): string[] => [
  ...new Set(
    actor.posts
      .filter(({ keys }) => ['role:registrar', 'role:verifier', 'role:head'].some((key) => keys.includes(key)))
      .map(({ unit }) => unit),
  ),
]

export const isAdmin = (actor: Actor): boolean => rolesOf(actor).has('admin')

async function navOf({ parts }: Desk, actor: Actor): Promise<NavItem[]> {
  const item = (key: NavKey, href: string, count: number | null = null): NavItem => ({ key, href, count })
  return [
    item('tray', '/', await parts.engine.countTasks(actor)),
    ...(registrarUnits(actor).length > 0 ? [item('register', '/letters/new')] : []),
    item('letters', '/letters'),
    ...(bookUnits(actor).length > 0 || isAdmin(actor) ? [item('agenda', '/agenda')] : []),
    ...(isAdmin(actor) ? [item('timing', '/timing')] : []),
  ]
}

/** Whoever meets a fault before anybody asked who they are. */
const STRANGER = { person: null, actor: null, csrf: '' }

/** Language of the reader of this request. */
export const languageOfPage = (response: Response): Language => callerOf(response).language

interface Sheet {
  request: Request
  response: Response
  current: NavKey | null
  notice?: Notice | null
}

export async function chromeOf(desk: Desk, { request, response, current, notice = null }: Sheet): Promise<Chrome> {
  const { actor, csrf, language } = callerOf(response) ?? { ...STRANGER, language: languageOf(request, response) }
  const { config } = desk.parts
  return {
    language,
    csrf,
    current,
    notice,
    trial: config.mode === 'trial',
    path: request.method === 'GET' ? request.originalUrl : '/',
    zone: desk.rooms.zone,
    assets: desk.assets,
    now: desk.rooms.clock(),
    person: actor && { name: actor.name, posts: actor.posts.map(({ title, unit }) => ({ title, unit })) },
    // A page that tells of a fault must not fail over the count beside a word.
    nav: actor ? await navOf(desk, actor).catch(() => []) : [],
  }
}

/** A whole page. */
export async function pageOf<Name extends keyof Models>(
  desk: Desk,
  name: Name,
  model: Models[Name],
  sheet: Sheet,
): Promise<string> {
  return desk.views[name].render(model, await chromeOf(desk, sheet))
}

/** Draws a page and sends it. */
export async function show<Name extends keyof Models>(
  desk: Desk,
  name: Name,
  model: Models[Name],
  sheet: Sheet & { status?: number },
): Promise<void> {
  const html = await pageOf(desk, name, model, sheet)
  sheet.response
    .status(sheet.status ?? 200)
    .type('html')
    .send(html)
}

/** A fresh idempotency key for a form that is being drawn. */
export const newKey = (): string => randomUUID()

const heldBranch = z.object({ holders: z.array(z.object({ name: z.string(), title: z.string() })) })

/** Who still holds a branch, from the facts of a refusal. */
const holdersIn = ({ holders }: Record<string, unknown>): string[] =>
  Array.isArray(holders) ? holders.flatMap((each) => namesOf(heldBranch.safeParse(each).data?.holders ?? [])) : []

/** `Kepala Bidang Aptika (Fajar Nugraha)`, each once. */
export const namesOf = (holders: readonly { name: string; title: string }[]): string[] => [
  ...new Set(holders.map(({ name, title }) => (name ? `${title} (${name})` : title))),
]

/** A refusal in the reader's words. */
export function refusalOf({ code, kind, details }: AppError, language: Language): RefusalView {
  return { code, text: errorText(code, language, details, kind).detail, holders: holdersIn(details) }
}

/** The refusal if the product said no; anything else is thrown on. */
export function refusalIn(thrown: unknown): AppError {
  const known = recognise(thrown)
  if (known instanceof AppError) return known
  throw thrown
}
