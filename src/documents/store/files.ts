import { randomUUID } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { notFound } from '../../platform/index.ts'
import type { Bench } from '../intake/bench.ts'
import { checkSize, type IntakeLimits, inspect } from '../intake/inspect.ts'
import type { Blobs, ByteRange } from './blobs.ts'
import type { FileRecord, Models, Uploader } from './models.ts'
import { createPreviews, type Preview } from './previews.ts'

/** A file as handed in: `path` of a temporary file (left where it is) or the bytes themselves. */
export interface Upload {
  source: { path: string } | { buffer: Buffer }
  originalName: string
  declaredType: string
  by: Uploader
  unit: string
}

export interface FileFacts {
  id: string
  sha256: string
  mediaType: FileRecord['mediaType']
  bytes: number
  pages: number | null
  name: string
}

export interface Files {
  /**
   * Looks into a file and keeps it byte for byte. The record is written after the bytes are safe.
   * @throws AppError file.empty, file.too-large, file.too-many-pages, file.encrypted, file.broken, file.unsupported,
   * file.mislabelled, file.active-content, file.archive-bomb, file.too-big-image, file.too-complex, file.busy
   */
  accept(upload: Upload): Promise<FileFacts>
  /** @throws AppError file.not-found */
  get(id: string): Promise<FileRecord>
  getMany(ids: readonly string[]): Promise<FileRecord[]>
  /** The bytes, or those of `range` (`end` not included). @throws AppError file.not-found */
  open(id: string, range?: ByteRange): Promise<Readable>
  /** @throws AppError file.not-found, file.no-preview, file.no-such-page */
  preview(id: string, page: number, width: number): Promise<Preview>
  /**
   * Ties files to the file of a letter; from then on its readers are theirs. Doing it twice is doing it once.
   * @throws AppError file.not-found if one of them does not exist, with none attached
   */
  attach(ids: readonly string[], root: string, ref: string): Promise<void>
  /** Takes back what `attach` did under the same `ref`: the command it belonged to was refused. */
  detach(ids: readonly string[], root: string, ref: string): Promise<void>
  /** Roots that the file is attached to; empty means only its uploader may read it. */
  attachedTo(id: string): Promise<string[]>
}

interface Parts {
  models: Models
  blobs: Blobs
  bench: Bench
  limits: IntakeLimits
}

export function createFiles({ models, blobs, bench, limits }: Parts): Files {
  const previews = createPreviews({ previews: models.previews, blobs, bench })

  async function get(id: string): Promise<FileRecord> {
    const record = await models.files.findById(id).lean<FileRecord>()
    if (!record) throw notFound('file.not-found', 'no such file')
    return record
  }

  async function attach(ids: readonly string[], root: string, ref: string): Promise<void> {
    const wanted = [...new Set(ids)]
    const known = await models.files.countDocuments({ _id: { $in: wanted } })
    if (known !== wanted.length) throw notFound('file.not-found', 'one of the files does not exist')
    await models.files.updateMany(
      { _id: { $in: wanted }, attachments: { $not: { $elemMatch: { root, ref } } } },
      { $push: { attachments: { root, ref, at: new Date() } } },
    )
  }

  return {
    accept: async (upload) => {
      const bytes = await readUpload(upload.source, limits)
      const found = await inspect(bytes, upload, { bench, limits })
      await blobs.put(found.sha256, bytes)
      const id = randomUUID()
      await models.files.create({
        _id: id,
        ...found,
        by: upload.by,
        unit: upload.unit,
        at: new Date(),
        attachments: [],
      })
      const { sha256, mediaType, pages, name } = found
      return { id, sha256, mediaType, bytes: found.bytes, pages, name }
    },
    get,
    getMany: (ids) => models.files.find({ _id: { $in: [...ids] } }).lean<FileRecord[]>(),
    open: async (id, range) => await blobs.open((await get(id)).sha256, range),
    preview: async (id, page, width) => await previews.draw(await get(id), page, width),
    attach,
    async detach(ids, root, ref) {
      await models.files.updateMany({ _id: { $in: [...ids] } }, { $pull: { attachments: { root, ref } } })
    },
    attachedTo: async (id) => [...new Set((await get(id)).attachments.map(({ root }) => root))],
  }
}

/** The size is known before anything is read into memory. */
async function readUpload(source: Upload['source'], limits: IntakeLimits): Promise<Buffer> {
  if ('buffer' in source) {
    checkSize(source.buffer.length, limits)
    return source.buffer
  }
  checkSize((await stat(source.path)).size, limits)
  return await readFile(source.path)
}
