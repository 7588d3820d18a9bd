import { invalidInput } from '../platform/index.ts'

const TOKEN = /\{(urut|tahun|unit)(?::(\d))?\}/g

/** Default shape of an agenda number: 0417/2026. */
export const AGENDA_PATTERN = '{urut:4}/{tahun}'

/** A pattern without `{urut}` would give every letter the same number. @throws AppError agenda.invalid-pattern */
export function checkedPattern(pattern: string): string {
  const isSound = /\{urut(:\d)?\}/.test(pattern) && !/[{}]/.test(pattern.replace(TOKEN, '')) && pattern.length <= 80
  if (!isSound)
    throw invalidInput('agenda.invalid-pattern', `no number can be written as ${pattern}`, { details: { pattern } })
  return pattern
}

/** Writes a number: `{urut}` (`{urut:4}` padded with zeros), `{tahun}`, `{unit}`. */
export function writeNumber(pattern: string, parts: { number: number; year: number; unit: string }): string {
  const values: Record<string, string> = { urut: String(parts.number), tahun: String(parts.year), unit: parts.unit }
  return pattern.replace(TOKEN, (_token, name: string, width = '0') =>
    (values[name] ?? '').padStart(Number(width), '0'),
  )
}
