import type { mongo } from 'mongoose'

/** A document of about the size of an instance under way, so that the raw limit carries the same bytes. */
const body = (id: string) => ({ _id: id, revision: 0, state: 'draft', pad: 'x'.repeat(1_500) })

type Row = ReturnType<typeof body>

const DURABLY = { writeConcern: { w: 'majority', j: true } } as const

/** What one caller does: `transitions` writes on one fresh document. */
export type Caller = (id: string, transitions: number) => Promise<void>

/** The naive limit: one compare-and-set per transition. */
export const singleUpdate =
  (rows: mongo.Collection<Row>): Caller =>
  async (id, transitions) => {
    await rows.insertOne(body(id), DURABLY)
    for (let revision = 0; revision < transitions - 1; revision++)
      await rows.updateOne({ _id: id, revision }, { $set: { revision: revision + 1, state: `s${revision}` } }, DURABLY)
  }

/** The group-commit limit: the same writes, taken together while the last bulk write runs. */
export function groupCommit(rows: mongo.Collection<Row>): Caller {
  let queue: { operation: mongo.AnyBulkWriteOperation<Row>; done: () => void; failed: (error: unknown) => void }[] = []
  let isRunning = false
  async function drain() {
    isRunning = true
    await Promise.resolve()
    while (queue.length > 0) {
      const batch = queue.slice(0, 64)
      queue = queue.slice(64)
      try {
        await rows.bulkWrite(
          batch.map(({ operation }) => operation),
          { ordered: false, ...DURABLY },
        )
        for (const { done } of batch) done()
      } catch (error) {
        for (const { failed } of batch) failed(error)
      }
    }
    isRunning = false
  }
  const write = (operation: mongo.AnyBulkWriteOperation<Row>) =>
    new Promise<void>((done, failed) => {
      queue.push({ operation, done, failed })
      if (!isRunning) void drain()
    })
  return async (id, transitions) => {
    await write({ insertOne: { document: body(id) } })
    for (let revision = 0; revision < transitions - 1; revision++)
      await write({
        updateOne: {
          filter: { _id: id, revision },
          update: { $set: { revision: revision + 1, state: `s${revision}` } },
        },
      })
  }
}
