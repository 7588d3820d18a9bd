import type { mongo } from 'mongoose'
import type { AuditEntry, Instance } from './instance.ts'

/** Readers of an instance's history, to whom it is one, though its older part has left the document. */
export interface History {
  /** Whole history, oldest first. */
  auditOf(instance: Instance): Promise<AuditEntry[]>
  /** The entry of an operation, wherever it is kept. */
  entryOf(instance: Instance, operation: string): Promise<AuditEntry | null>
  /** Whether it holds an answer to this message: at-least-once delivery makes repeats ordinary. */
  wasAnswered(instance: Instance, message: string): Promise<boolean>
}

const isAnswerTo = (message: string) => (entry: AuditEntry) =>
  (entry.data as { message?: string } | null)?.message === message && entry.kind !== 'operator'

const isWhole = (instance: Instance): boolean => instance.auditCount === instance.audit.length

export function createHistory(moved: mongo.Collection<AuditEntry>): History {
  return {
    async auditOf(instance) {
      if (isWhole(instance)) return instance.audit
      const older = await moved.find({ instance: instance._id }, { projection: { _id: 0 }, sort: { seq: 1 } }).toArray()
      const first = instance.audit[0]?.seq ?? Number.POSITIVE_INFINITY
      return [...older.filter((entry) => entry.seq < first), ...instance.audit]
    },
    async entryOf(instance, operation) {
      const recent = instance.audit.find((entry) => entry.operation === operation)
      if (recent || isWhole(instance)) return recent ?? null
      return moved.findOne({ instance: instance._id, operation }, { projection: { _id: 0 } })
    },
    async wasAnswered(instance, message) {
      if (instance.audit.some(isAnswerTo(message))) return true
      if (isWhole(instance)) return false
      const filter = { instance: instance._id, 'data.message': message, kind: { $ne: 'operator' } } as const
      return (await moved.findOne(filter, { projection: { _id: 1 } })) !== null
    },
  }
}
