import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import type { Documents, FileRecord } from '../../documents/index.ts'
import { contentDisposition } from '../content-disposition.ts'
import { names, rangeOf } from './range.ts'

/**
 * A file is foreign content on our own address: it runs nothing, loads nothing and is framed by our pages alone. PDF
 * goes without `sandbox`, in which browsers of a few years ago do not start their viewer; what a PDF can do, the
 * viewer does outside of our address anyway.
 */
const PDF_POLICY = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'; sandbox"
/** Content never changes under an id, the right to read it may: kept by the browser, asked again each time. */
const CACHING = 'private, no-cache'

export function setFileHeaders(response: Response, mediaType: string): void {
  response.set({
    'Content-Type': mediaType,
    'Cache-Control': CACHING,
    'Content-Security-Policy': mediaType === 'application/pdf' ? PDF_POLICY : POLICY,
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'SAMEORIGIN',
    'Cross-Origin-Resource-Policy': 'same-origin',
  })
}

/** Which part of the file is wanted; a changed file (`If-Range`) is sent whole. Source: RFC 9110 §13.1.5. */
function wantedRange(request: Request, etag: string, bytes: number) {
  const condition = request.get('if-range')
  if (condition !== undefined && condition !== etag) return null
  return rangeOf(request.get('range'), bytes)
}

/**
 * Answers with a kept file: 200, 206 for one range, 304 for the tag already known, 416 outside of the file. Bytes flow
 * through; a reader who leaves stops the reading.
 */
export async function deliver(files: Documents['files'], file: FileRecord, request: Request, response: Response) {
  const { _id, sha256, bytes, mediaType, name } = file
  const etag = `"${sha256}"`
  const isKnown = names(request.get('if-none-match'), etag)
  const range = isKnown ? null : wantedRange(request, etag, bytes)
  const isSent = !isKnown && range !== 'unsatisfiable' && request.method !== 'HEAD'
  const stream = isSent ? await files.open(_id, range ?? undefined) : null
  setFileHeaders(response, mediaType)
  response.set({ ETag: etag, 'Accept-Ranges': 'bytes', 'Content-Disposition': contentDisposition(mediaType, name) })
  if (isKnown) return void response.status(304).end()
  if (range === 'unsatisfiable') return void response.status(416).set('Content-Range', `bytes */${bytes}`).end()
  const { start, end } = range ?? { start: 0, end: bytes }
  response.status(range ? 206 : 200).set('Content-Length', String(end - start))
  if (range) response.set('Content-Range', `bytes ${start}-${end - 1}/${bytes}`)
  if (!stream) return void response.end()
  await pipeline(stream, response).catch(ignoreLeaving)
}

/** A reader who leaves early is no failure of ours. */
function ignoreLeaving(thrown: unknown): void {
  if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_STREAM_PREMATURE_CLOSE')) throw thrown
}
