import type { FileFacts } from '../../documents/index.ts'
import type { Actor } from '../../engine/index.ts'
import { forbidden } from '../../platform/index.ts'
import type { Parts } from '../parts.ts'

/** What multer left in the folder of uploads under way. */
export interface Received {
  path: string
  originalname: string
  mimetype: string
}

/** What a part without a type counts as (RFC 7578 §4.4), so nobody can have meant it; the content tells. */
const UNSAID = 'text/plain'

/**
 * Hands a received file to the documents room in the name of its sender; for `unit`, by default their first post's.
 * @throws AppError file.* when it is not taken in, upload.no-post from somebody without a post
 */
export async function keepUpload(
  { files }: Parts['documents'],
  { path, originalname: originalName, mimetype }: Received,
  { person, name, posts }: Actor,
  unit = posts[0]?.unit,
): Promise<FileFacts> {
  if (unit === undefined) throw forbidden('upload.no-post', 'only somebody with a post may hand files in')
  const declaredType = mimetype === UNSAID ? '' : mimetype
  const facts = await files.accept({ source: { path }, originalName, declaredType, by: { person, name }, unit })
  const { id, sha256, mediaType, bytes, pages } = facts
  return { id, name: facts.name, sha256, mediaType, bytes, pages }
}
