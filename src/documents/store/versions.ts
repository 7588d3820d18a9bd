import { createHash, randomUUID } from 'node:crypto'
import { mongo } from 'mongoose'
import { drawDocument } from '../drawing/draw-document.ts'
import type { Layout } from '../drawing/layout.ts'
import { cleanName } from '../intake/file-name.ts'
import type { Blobs } from './blobs.ts'
import type { DocumentRow, FileRecord, Models } from './models.ts'

/** A finished version. */
export type DocumentVersion = DocumentRow & { fileId: string; sha256: string; bytes: number; pages: number }

export interface DrawingOrder {
  layout: Layout
  /** Fits the layout's schema. */
  data: unknown
  series: string
  title: string
  messageId: string
  root: string
  instance: string
  unit: string
  now: Date
}

const DUPLICATE = 11_000
/** Rivals for one version number that are stepped aside for. */
const NUMBER_TRIES = 50

/**
 * Draws the next version of a series, once for each message. Version and time are fixed in the row before the drawing
 * begins and the drawing is the same for the same facts, so a run that died at any line, or a second one beside it,
 * ends at the same version, file and bytes.
 */
export async function drawVersion(models: Models, blobs: Blobs, order: DrawingOrder): Promise<DocumentVersion> {
  const row = await reserve(models, order)
  if (isFinished(row)) return row
  const { bytes, pages } = await drawDocument(order.layout, order.data, row)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await blobs.put(sha256, bytes)
  const file = await record(models, { row, order, sha256, bytes: bytes.length, pages })
  const facts = { fileId: file._id, sha256: file.sha256, bytes: file.bytes, pages: file.pages }
  const done = await models.documents
    .findOneAndUpdate({ _id: row._id }, { $set: facts }, { returnDocument: 'after' })
    .lean<DocumentRow>()
  if (!done || !isFinished(done)) throw new Error(`document ${row._id} vanished while it was drawn`)
  return done
}

export const isFinished = (row: DocumentRow): row is DocumentVersion => row.fileId !== null

async function reserve({ documents }: Models, order: DrawingOrder): Promise<DocumentRow> {
  const { root, series, messageId } = order
  for (let i = 0; i < NUMBER_TRIES; i++) {
    const known = await documents.findOne({ messageId }).lean<DocumentRow>()
    if (known) return known
    const last = await documents.findOne({ root, series }).sort({ version: -1 }).lean<DocumentRow>()
    try {
      return (await documents.create(newRow(order, (last?.version ?? 0) + 1))).toObject()
    } catch (error) {
      // Somebody took the number, or this very message: look again.
      if (!(error instanceof mongo.MongoServerError) || error.code !== DUPLICATE) throw error
    }
  }
  throw new Error(`no free version number in ${root}/${series}`)
}

function newRow(order: DrawingOrder, version: number): DocumentRow {
  return {
    _id: randomUUID(),
    root: order.root,
    instance: order.instance,
    series: order.series,
    version,
    title: order.title,
    layout: order.layout.id,
    messageId: order.messageId,
    at: order.now,
    fileId: null,
    sha256: null,
    mediaType: 'application/pdf',
    bytes: null,
    pages: null,
  }
}

interface Drawn {
  row: DocumentRow
  order: DrawingOrder
  sha256: string
  bytes: number
  pages: number
}

/** The file's id follows from the row's, so two runs write one record; whoever comes second takes what is there. */
async function record(
  { files }: Models,
  { row, order, sha256, bytes, pages }: Drawn,
): Promise<FileRecord & { pages: number }> {
  const attachments = [{ root: row.root, ref: row.messageId, at: row.at }]
  const name = cleanName(`${row.title} v${row.version}.pdf`)
  const fields = {
    sha256,
    name,
    mediaType: row.mediaType,
    bytes,
    pages,
    by: null,
    unit: order.unit,
    at: row.at,
    attachments,
  }
  const file = await files
    .findOneAndUpdate({ _id: row._id }, { $setOnInsert: fields }, { upsert: true, returnDocument: 'after' })
    .lean<FileRecord & { pages: number }>()
  if (!file) throw new Error(`file ${row._id} vanished while it was drawn`)
  return file
}
