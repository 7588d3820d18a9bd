import type { Json } from './instance.ts'

/** Escapes under which JSON hides what MongoDB cannot keep: half a surrogate pair, and NUL in the name of a key. */
const UNKEPT = /\\u(?:d[89a-f]|0000)/

const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd')

const kept = (_key: string, value: unknown): unknown => {
  if (typeof value === 'string') return wellFormed(value)
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [wellFormed(key).replaceAll('\0', '\ufffd'), part]),
  )
}

/**
 * JSON as MongoDB gives it back, and what a hash is taken of: without `undefined`, and with U+FFFD for half a
 * surrogate pair, which the database would put there silently and thereby break the hash chain.
 */
export function toJson(value: unknown): Json {
  const text = JSON.stringify(value)
  if (text === undefined) return null
  return JSON.parse(text, UNKEPT.test(text) ? kept : undefined) as Json
}

/** Deepest nesting of a value; MongoDB takes 100 levels for the whole document. */
const DEPTH_MAX = 60

const isPlainObject = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

const nameOf = (value: unknown): string =>
  typeof value === 'object' && value !== null ? (value.constructor?.name ?? 'object') : typeof value

function check(value: unknown, place: string, depth: number): void {
  const fail = (what: string): never => {
    throw new TypeError(`${place} is ${what}: a workflow keeps JSON only, with null for nothing`)
  }
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) fail(String(value))
  } else if (typeof value !== 'object') fail(nameOf(value))
  else if (depth > DEPTH_MAX) fail('nested too deeply')
  else if (Array.isArray(value))
    for (const [index, part] of value.entries()) check(part, `${place}.${index}`, depth + 1)
  else if (!isPlainObject(value)) fail(nameOf(value))
  // A property that is undefined reads the same before and after the database, as absent.
  else
    for (const [key, part] of Object.entries(value)) if (part !== undefined) check(part, `${place}.${key}`, depth + 1)
}

/**
 * `toJson` for what a machine made itself, where silent changes would be a defect.
 * @throws TypeError naming the place of a Date, Map, function, actor, NaN …
 */
export function strictJson(value: unknown, place: string): Json {
  if (value !== undefined) check(value, place, 0)
  return toJson(value)
}
