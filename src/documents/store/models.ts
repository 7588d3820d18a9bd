import { type Connection, Schema } from 'mongoose'
import type { MediaType } from '../intake/kind.ts'

/** Who handed a file in. */
export interface Uploader {
  person: string
  name: string
}

export interface Attachment {
  root: string
  /** Message or operation that attached it. */
  ref: string
  at: Date
}

/** One per upload, whatever bytes it shares with others. */
export interface FileRecord {
  _id: string
  sha256: string
  name: string
  mediaType: MediaType
  bytes: number
  /** Null where pages are not counted. */
  pages: number | null
  /** Null for what the product drew itself. */
  by: Uploader | null
  unit: string
  at: Date
  attachments: Attachment[]
}

/**
 * A version of a drawn document. The row is made before the drawing, so that version and time stand fixed when a
 * broken run is taken up again; it counts once `fileId` is there.
 */
export interface DocumentRow {
  _id: string
  root: string
  instance: string
  series: string
  version: number
  title: string
  layout: string
  messageId: string
  at: Date
  fileId: string | null
  sha256: string | null
  mediaType: string
  bytes: number | null
  pages: number | null
}

/** A page made small; can be drawn again at any time. */
export interface PreviewRow {
  /** `<sha256>/<page>/<width>` */
  _id: string
  webp: Buffer
  at: Date
}

const PREVIEW_KEPT_SECONDS = 90 * 86_400
const durable = {
  writeConcern: { w: 'majority', j: true },
  versionKey: false,
  autoIndex: false,
  autoCreate: false,
} as const
const text = { type: String, required: true } as const

const fileSchema = new Schema<FileRecord>(
  {
    _id: text,
    sha256: text,
    name: text,
    mediaType: text,
    bytes: { type: Number, required: true },
    pages: { type: Number, default: null },
    by: { type: new Schema<Uploader>({ person: text, name: text }, { _id: false }), default: null },
    unit: text,
    at: { type: Date, required: true },
    attachments: [new Schema<Attachment>({ root: text, ref: text, at: Date }, { _id: false })],
  },
  { ...durable, collection: 'files' },
)
fileSchema.index({ sha256: 1 })
fileSchema.index({ 'attachments.root': 1 })
// What hangs on nothing yet, by age: the sweep's index.
fileSchema.index({ 'attachments.0': 1, at: 1 }, { name: 'unattached' })

const documentSchema = new Schema<DocumentRow>(
  {
    _id: text,
    root: text,
    instance: text,
    series: text,
    version: { type: Number, required: true },
    title: text,
    layout: text,
    messageId: text,
    at: { type: Date, required: true },
    fileId: { type: String, default: null },
    sha256: { type: String, default: null },
    mediaType: text,
    bytes: { type: Number, default: null },
    pages: { type: Number, default: null },
  },
  { ...durable, collection: 'documents' },
)
documentSchema.index({ messageId: 1 }, { unique: true })
documentSchema.index({ root: 1, series: 1, version: 1 }, { unique: true })
documentSchema.index({ instance: 1, at: 1 })

const previewSchema = new Schema<PreviewRow>(
  { _id: text, webp: { type: Buffer, required: true }, at: { type: Date, required: true } },
  { versionKey: false, autoIndex: false, autoCreate: false, collection: 'previews' },
)
previewSchema.index({ at: 1 }, { expireAfterSeconds: PREVIEW_KEPT_SECONDS })

export type Models = ReturnType<typeof createModels>

export function createModels(connection: Connection) {
  return {
    files: connection.model('File', fileSchema),
    documents: connection.model('Document', documentSchema),
    previews: connection.model('Preview', previewSchema),
  }
}
