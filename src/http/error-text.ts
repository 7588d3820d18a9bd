import type { ErrorKind } from '../platform/index.ts'
import { errorsEn } from './labels/errors.en.ts'
import { type ErrorWords, errorsId } from './labels/errors.id.ts'
import { kindsEn, kindsId } from './labels/kinds.ts'
import type { Language } from './views/index.ts'

const TABLES: Record<Language, Readonly<Record<string, ErrorWords>>> = { id: errorsId, en: errorsEn }
const KINDS = { id: kindsId, en: kindsEn }
const ZONE = 'Asia/Makassar'
const LIST_MAX = 20

/** Facts as a sentence says them: moments in the zone of the province, lists with commas, everything else plain. */
function factOf(value: unknown, language: Language): string {
  if (value instanceof Date) return momentOf(value, language)
  if (typeof value === 'string')
    return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value) ? momentOf(new Date(value), language) : value
  if (typeof value === 'number') return value.toLocaleString(language === 'id' ? 'id-ID' : 'en-GB')
  if (Array.isArray(value))
    return value
      .slice(0, LIST_MAX)
      .map((each) => factOf(each, language))
      .join(', ')
  return '–'
}

function momentOf(at: Date, language: Language): string {
  if (Number.isNaN(at.getTime())) return '–'
  const format = { dateStyle: 'medium', timeStyle: 'short', timeZone: ZONE } as const
  return at.toLocaleString(language === 'id' ? 'id-ID' : 'en-GB', format)
}

function labelIn(title: unknown, language: Language): string | null {
  if (title === null || typeof title !== 'object') return null
  const own: unknown = (title as Record<string, unknown>)[language]
  return typeof own === 'string' ? own : null
}

const UNITS = ['byte', 'KB', 'MB', 'GB']

/** Bytes as people say them: 50 MB. */
function sizeOf(bytes: number, language: Language): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10))
  return `${factOf(Math.round((bytes / 1024 ** power) * 10) / 10, language)} ${UNITS[power]}`
}

/** `{name}` places filled from the details; names that begin with `bytes` are sizes. */
const filled = (sentence: string, details: Readonly<Record<string, unknown>>, language: Language): string =>
  sentence.replace(/\{(\w+)\}/g, (_place, name: string) => {
    const value = details[name]
    return name.startsWith('bytes') && typeof value === 'number' ? sizeOf(value, language) : factOf(value, language)
  })

/**
 * A refusal in the reader's language: the workflow's own sentence (`details.title`, a Label) if it brought one, else
 * the words of the code, else those of its kind.
 */
export function errorText(
  code: string,
  language: Language,
  details: Readonly<Record<string, unknown>> = {},
  kind: ErrorKind = 'conflict',
): ErrorWords {
  const own = labelIn(details.title, language)
  if (own !== null) return { title: KINDS[language][kind].title, detail: filled(own, details, language) }
  const table = TABLES[language]
  const { title, detail } = (Object.hasOwn(table, code) ? table[code] : undefined) ?? KINDS[language][kind]
  return { title, detail: filled(detail, details, language) }
}
