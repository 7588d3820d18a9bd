import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Request, RequestHandler } from 'express'
import multer from 'multer'
import { tooLarge } from '../platform/index.ts'
import type { HttpConfig } from './parts.ts'

const FILES_MAX = 20
const FIELDS_MAX = 500
const FIELD_BYTES_MAX = 64 * 1024
/** What a killed process left behind is older than any upload under way. */
const LEFTOVER_MS = 3_600_000

/** The folder of uploads under way, emptied of what an earlier process left. */
function uploadFolder(dataDir: string): string {
  const folder = join(dataDir, 'uploads')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (Date.now() - statSync(path).mtimeMs > LEFTOVER_MS) rmSync(path, { force: true })
  }
  return folder
}

/** Files of a multipart request, whatever their fields are called. */
export const uploadsOf = (request: Request): Express.Multer.File[] =>
  Array.isArray(request.files) ? request.files : []

/** Multer says that a file is too large, not how large one may be. */
function withLimit(thrown: unknown, bytesMax: number): unknown {
  if (!(thrown instanceof multer.MulterError) || thrown.code !== 'LIMIT_FILE_SIZE') return thrown
  return tooLarge('file.too-large', 'the file is too large', { cause: thrown, details: { bytesMax } })
}

/**
 * Takes a multipart body apart: fields to `request.body`, at most 20 files to disk and `request.files`, names read as
 * UTF-8. The temporary files go when the answer is out. Other bodies pass untouched.
 */
export function receiveFiles({
  dataDir,
  uploadBytesMax,
}: Pick<HttpConfig, 'dataDir' | 'uploadBytesMax'>): RequestHandler {
  const receive = multer({
    storage: multer.diskStorage({ destination: uploadFolder(dataDir) }),
    limits: {
      fileSize: uploadBytesMax,
      files: FILES_MAX,
      fields: FIELDS_MAX,
      parts: FILES_MAX + FIELDS_MAX,
      fieldSize: FIELD_BYTES_MAX,
      fieldNameSize: 200,
      headerPairs: 20,
    },
    defParamCharset: 'utf8',
  }).any()
  return (request, response, next) => {
    response.once('close', () => {
      for (const { path } of uploadsOf(request)) void rm(path, { force: true }).catch(() => {})
    })
    receive(request, response, (thrown?: unknown) => next(withLimit(thrown, uploadBytesMax)))
  }
}
