import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { AuditEntry } from './instance.ts'

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** RFC 8785 form; two equal values always give the same text. */
export const canonical = (value: unknown): string => canonicalize(value) ?? 'null'

/** What the first entry of an instance names as its predecessor. */
export const genesis = (instance: string): string => sha256(`mahakam:${instance}`)

export type UnsealedEntry = Omit<AuditEntry, 'hash'>

/** Closes an entry: its hash covers every field, the predecessor's hash included. */
export function seal(entry: UnsealedEntry): AuditEntry {
  return { ...entry, hash: sha256(canonical(entry)) }
}

export interface ChainReport {
  entries: number
  valid: boolean
  /** Sequence number of the first entry that does not fit; null when all do. */
  firstBad: number | null
}

/** Recomputes a whole chain and compares its end with the head kept in the instance. */
export function verifyChain(instance: string, entries: readonly AuditEntry[], head: string): ChainReport {
  let previous = genesis(instance)
  for (const [index, entry] of entries.entries()) {
    const { hash, ...rest } = entry
    const fits = entry.seq === index + 1 && entry.previous === previous && hash === sha256(canonical(rest))
    if (!fits) return { entries: entries.length, valid: false, firstBad: entry.seq }
    previous = hash
  }
  const complete = previous === head
  return { entries: entries.length, valid: complete, firstBad: complete ? null : entries.length + 1 }
}
