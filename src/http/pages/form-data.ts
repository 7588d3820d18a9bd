import type { Field } from '../views/index.ts'
import { zonedIso } from './zone.ts'

/** A parsed form body: a field that was sent several times is a list. */
export type Body = Readonly<Record<string, unknown>>

/** All values sent under a name. */
export function valuesOf(body: Body, name: string): string[] {
  const value = Object.hasOwn(body, name) ? body[name] : undefined
  if (Array.isArray(value)) return value.filter((each) => typeof each === 'string')
  return typeof value === 'string' ? [value] : []
}

/** The first value under a name, trimmed; empty when there is none. */
export const textOf = (body: Body, name: string): string => valuesOf(body, name)[0]?.trim() ?? ''

/** What the reader typed, put back into the fields of a form that is drawn again. */
export const keepTyped = (fields: readonly Field[], body: Body): Field[] =>
  fields.map((field) => (field.control === 'file' ? field : { ...field, values: valuesOf(body, field.name) }))

interface Reading {
  body: Body
  zone: string
  /** Ids of the files taken in, by field name. */
  files: ReadonlyMap<string, string[]>
}

/** The value of one field as the schema wants it; undefined leaves it to the default. */
function answerTo(field: Field, { body, zone, files }: Reading): unknown {
  const { name, control } = field
  if (control === 'file') return files.get(name)
  if (control === 'choices' || control === 'posts') return valuesOf(body, name)
  const text = textOf(body, name)
  if (control === 'flag') return text === 'true'
  if (text === '') return undefined
  if (control === 'number') return Number(text.replace(',', '.'))
  if (control === 'datetime') return zonedIso(text, zone)
  return text
}

function place(data: Record<string, unknown>, path: string[], value: unknown): void {
  const [key = '', ...rest] = path
  if (rest.length === 0) {
    data[key] = value
    return
  }
  const inner = (data[key] ?? {}) as Record<string, unknown>
  data[key] = inner
  place(inner, rest, value)
}

/** An event's data from a form; empty answers are left out, so that defaults apply and the schema can ask for them. */
export function dataOf(fields: readonly Field[], reading: Reading): Record<string, unknown> {
  const data: Record<string, unknown> = {}
  for (const field of fields) {
    const value = answerTo(field, reading)
    if (value !== undefined) place(data, field.name.split('.'), value)
  }
  return data
}

interface Issue {
  path: unknown[]
  code: string
}

const isIssue = (value: unknown): value is Issue =>
  typeof value === 'object' && value !== null && Array.isArray((value as Issue).path)

const CODES: Record<string, string> = { too_big: 'too-long', too_small: 'too-short', invalid_value: 'choice' }

function errorCode(issue: Issue, field: Field): string {
  if (field.values.every((value) => value.trim() === '')) return 'required'
  if (field.control === 'date' || field.control === 'datetime') return 'date'
  if (field.control === 'number') return 'number'
  return CODES[issue.code] ?? 'invalid'
}

/** The issues of a refusal, each beside the field it is about. */
export function markIssues(fields: readonly Field[], issues: unknown): Field[] {
  const known = Array.isArray(issues) ? issues.filter(isIssue) : []
  return fields.map((field) => {
    const issue = known.find(({ path }) => {
      const at = path.map(String).join('.')
      return at === field.name || at.startsWith(`${field.name}.`)
    })
    return issue ? { ...field, error: errorCode(issue, field) } : field
  })
}
