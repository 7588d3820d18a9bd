import type { FileRecord } from '../../documents/index.ts'
import type { Actor } from '../../engine/index.ts'
import { AppError, notFound } from '../../platform/index.ts'
import type { Parts } from '../parts.ts'

type Needs = Pick<Parts, 'engine' | 'documents'>

const orNull = (codes: readonly string[]) => (thrown: unknown) => {
  if (thrown instanceof AppError && codes.includes(thrown.code)) return null
  throw thrown
}

/** A command that was cut off may be sent again by whoever handed the file in, though it is tied to its letter already. */
const RETRY_MS = 24 * 3_600_000

/**
 * The file, or null for whoever may not read it. Until it belongs to a letter it is its uploader's alone, and stays
 * readable to them for a day; otherwise it is for all who may read one of its letters.
 */
export async function readableFile({ engine, documents }: Needs, id: string, actor: Actor): Promise<FileRecord | null> {
  const file = await documents.files.get(id).catch(orNull(['file.not-found']))
  if (!file) return null
  const roots = await documents.files.attachedTo(id)
  const isOwn = file.by?.person === actor.person
  if (isOwn && (roots.length === 0 || Date.now() - file.at.getTime() < RETRY_MS)) return file
  for (const root of roots) {
    if (await engine.read(root, actor).catch(orNull(['instance.not-found']))) return file
  }
  return null
}

/** @throws AppError file.not-found, also for files that are not the actor's to read */
export async function fileFor(parts: Needs, id: string, actor: Actor): Promise<FileRecord> {
  const file = await readableFile(parts, id, actor)
  if (!file) throw notFound('file.not-found', 'no such file, or not yours to read')
  return file
}
