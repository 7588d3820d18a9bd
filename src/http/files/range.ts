/** Bytes asked for: `start` included, `end` not. */
export interface Range {
  start: number
  end: number
}

const SINGLE = /^bytes=(\d{0,15})-(\d{0,15})$/

/**
 * Reads a `Range` header against a size. Null: to be answered whole, as several ranges, other units and nonsense are.
 * Source: RFC 9110 §14.1.2, §14.2.
 * @returns 'unsatisfiable' when nothing of the file lies in it
 */
export function rangeOf(header: string | undefined, bytes: number): Range | 'unsatisfiable' | null {
  const [, first = '', last = ''] = SINGLE.exec(header ?? '') ?? []
  if (first === '' && last === '') return null
  if (first === '') {
    const suffix = Number(last)
    return suffix === 0 || bytes === 0 ? 'unsatisfiable' : { start: Math.max(0, bytes - suffix), end: bytes }
  }
  const start = Number(first)
  if (last !== '' && Number(last) < start) return null
  if (start >= bytes) return 'unsatisfiable'
  return { start, end: last === '' ? bytes : Math.min(bytes, Number(last) + 1) }
}

/** Whether a conditional header's list names the tag; weak and strong compare alike, as `If-None-Match` wants. */
export const names = (header: string | undefined, etag: string): boolean =>
  (header ?? '').split(',').some((each) => ['*', etag].includes(each.trim().replace(/^W\//, '')))
