import type { Language } from '../views/index.ts'
import { errorsEn } from './errors.en.ts'
import { errorsId } from './errors.id.ts'

export interface ErrorText {
  title: string
  /** What to do about it, `{name}` places filled from the error's details. */
  detail: string
}

export type ErrorCode = keyof typeof errorsId

/** Every code the product itself can answer with, in both languages. */
export const errorTexts: Record<Language, Readonly<Record<string, ErrorText>>> = { id: errorsId, en: errorsEn }

const wordOf = (value: unknown): string => {
  if (value instanceof Date) return value.toISOString()
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : '…'
}

const fill = (text: string, details: Record<string, unknown>) =>
  text.replace(/\{(\w+)\}/g, (_place, name: string) => wordOf(details[name]))

/** A label the error brought along, as a workflow's own explanation does. */
function ownTitle(own: unknown, language: Language): string | null {
  const text = own && typeof own === 'object' ? Reflect.get(own, language) : null
  return typeof text === 'string' ? text : null
}

/** Title and detail of a code; a workflow's own explanation stands in the place of a missing one. */
export function textOf(code: string, language: Language, details: Record<string, unknown>, own: unknown): ErrorText {
  const texts = errorTexts[language]
  const title = ownTitle(own, language)
  const found = Object.hasOwn(texts, code) ? texts[code] : undefined
  if (found) return { title: title ?? found.title, detail: fill(found.detail, details) }
  return { title: title ?? code, detail: title ?? fill(texts['instance.not-now']?.detail ?? code, details) }
}
