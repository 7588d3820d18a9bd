import type { Request, Response } from 'express'
import type { Language } from './views/index.ts'

export const isLanguage = (word: unknown): word is Language => word === 'id' || word === 'en'

/** What the reader asked for, in this order: `?lang`, the session's preference, `Accept-Language`, Indonesian. */
export function languageOf(request: Request, response: Response): Language {
  if (isLanguage(request.query.lang)) return request.query.lang
  const preferred: unknown = response.locals.session?.language
  if (isLanguage(preferred)) return preferred
  const accepted = request.get('accept-language') ? request.acceptsLanguages(['id', 'en']) : 'id'
  return isLanguage(accepted) ? accepted : 'id'
}
