import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Connection, mongo } from 'mongoose'
import { notFound } from '../../platform/index.ts'

const { GridFSBucket, ObjectId } = mongo

/** Bytes of a part of a file: `start` included, `end` not. */
export interface ByteRange {
  start: number
  end: number
}

/** A GridFS file; `filename` is the hash of its content, unique. */
interface BlobRow {
  _id: mongo.ObjectId
  length: number
  filename: string
  /** Last time somebody handed in these bytes; a sweep leaves young ones alone. */
  touchedAt?: Date
}

const BUCKET = 'blobs'
const MAJORITY = { w: 'majority', j: true } as const
const DUPLICATE = 11_000

/** Content of files, each once, by hash. */
export interface Blobs {
  prepare(): Promise<void>
  /** Stores the bytes unless they are there; when it returns they are majority-committed. */
  put(sha256: string, bytes: Buffer): Promise<void>
  open(sha256: string, range?: ByteRange): Promise<Readable>
  read(sha256: string): Promise<Buffer>
  /** Removes the bytes if nobody handed them in since `before`; @returns whether it did */
  remove(sha256: string, before: Date): Promise<boolean>
  /** Hashes handed in between the two times, at most `limit`. */
  touchedBetween(from: Date, to: Date, limit: number): Promise<string[]>
  /** Removes what uploads left that broke off between the two times; @returns their number */
  removeUnfinished(from: Date, to: Date, limit: number): Promise<number>
}

export function createBlobs(connection: Connection): Blobs {
  const files = connection.collection<BlobRow>(`${BUCKET}.files`)
  const chunks = connection.collection<{ _id: mongo.ObjectId; files_id: mongo.ObjectId; n: number }>(`${BUCKET}.chunks`)

  const bucket = () => {
    if (!connection.db) throw new Error('not connected')
    return new GridFSBucket(connection.db, { bucketName: BUCKET, writeConcern: MAJORITY })
  }

  const touch = async (sha256: string) => {
    const { matchedCount } = await files.updateOne(
      { filename: sha256 },
      { $set: { touchedAt: new Date() } },
      { writeConcern: MAJORITY },
    )
    return matchedCount === 1
  }

  const find = async (sha256: string) => {
    const row = await files.findOne({ filename: sha256 })
    if (!row) throw notFound('file.not-found', 'no such content')
    return row
  }

  async function upload(sha256: string, bytes: Buffer): Promise<void> {
    const id = new ObjectId()
    try {
      await pipeline([bytes], bucket().openUploadStreamWithId(id, sha256))
      await touch(sha256)
    } catch (error) {
      await chunks.deleteMany({ files_id: id })
      // Somebody stored the same bytes meanwhile: theirs will do.
      if ((error as { code?: unknown }).code !== DUPLICATE || !(await touch(sha256))) throw error
    }
  }

  return {
    prepare: async () => {
      await files.createIndex({ filename: 1 }, { unique: true, name: 'content' })
      await files.createIndex({ touchedAt: 1 })
      await chunks.createIndex({ files_id: 1, n: 1 }, { unique: true })
    },
    put: async (sha256, bytes) => {
      if (!(await touch(sha256))) await upload(sha256, bytes)
    },
    open: async (sha256, range) => bucket().openDownloadStream((await find(sha256))._id, range),
    read: async (sha256) => {
      const parts: Buffer[] = []
      for await (const part of bucket().openDownloadStream((await find(sha256))._id)) parts.push(part as Buffer)
      return Buffer.concat(parts)
    },
    remove: async (sha256, before) => {
      const gone = await files.findOneAndDelete(
        { filename: sha256, touchedAt: { $lt: before } },
        { writeConcern: MAJORITY },
      )
      if (gone) await chunks.deleteMany({ files_id: gone._id })
      return gone !== null
    },
    touchedBetween: async (from, to, limit) => {
      const rows = await files
        .find({ touchedAt: { $gte: from, $lt: to } }, { projection: { filename: 1 }, limit })
        .toArray()
      return rows.map(({ filename }) => filename)
    },
    removeUnfinished: async (from, to, limit) => {
      // The id of a blob carries the time its upload began.
      const [first, last] = [from, to].map((at) => ObjectId.createFromTime(Math.floor(at.getTime() / 1000)))
      const started = await chunks
        .aggregate<{ files_id: mongo.ObjectId }>([
          { $match: { files_id: { $gte: first, $lt: last }, n: 0 } },
          { $lookup: { from: `${BUCKET}.files`, localField: 'files_id', foreignField: '_id', as: 'file' } },
          { $match: { file: { $size: 0 } } },
          { $limit: limit },
        ])
        .toArray()
      for (const { files_id } of started) await chunks.deleteMany({ files_id })
      return started.length
    },
  }
}
