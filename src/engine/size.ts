import mongoose from 'mongoose'
import { tooLarge } from '../platform/index.ts'
import type { AuditEntry, Instance } from './instance.ts'

/** Largest form of an instance without its history; MongoDB ends at 16 MB for everything together. */
const STATE_BYTES_MAX = 4 * 1024 * 1024
const ENTRY_BYTES_MAX = 1024 * 1024
/** Largest history kept inside, when moving it out does not keep up. */
const AUDIT_BYTES_MAX = 8 * 1024 * 1024

const bytesOf = (value: object): number => mongoose.mongo.BSON.calculateObjectSize(value as mongoose.mongo.Document)

/** Entries never change, so each is measured once. */
const measured = new WeakMap<AuditEntry, number>()

function entryBytes(entry: AuditEntry): number {
  const known = measured.get(entry)
  if (known !== undefined) return known
  const bytes = bytesOf(entry)
  measured.set(entry, bytes)
  return bytes
}

/** Bytes that the history inside an instance takes in the database. */
export const auditBytes = ({ audit }: Pick<Instance, 'audit'>): number =>
  audit.reduce((sum, entry) => sum + entryBytes(entry), 0)

/** Bytes of the whole instance in the database. */
export const instanceBytes = (instance: Instance): number => bytesOf({ ...instance, audit: [] }) + auditBytes(instance)

/**
 * Refuses what would bring an instance near the database's limit, before anything is written.
 * @throws AppError instance.too-large
 */
export function assertFits(next: Instance, entry: AuditEntry): void {
  const audit = auditBytes(next)
  const parts = { state: bytesOf({ ...next, audit: [] }), entry: entryBytes(entry), audit }
  if (parts.state <= STATE_BYTES_MAX && parts.entry <= ENTRY_BYTES_MAX && audit <= AUDIT_BYTES_MAX) return
  throw tooLarge('instance.too-large', `instance ${next._id} would grow too large to keep`, {
    details: { instance: next._id, bytes: parts, bytesMax: STATE_BYTES_MAX },
  })
}
