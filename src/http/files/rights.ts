import type { FileRecord } from '../../documents/index.ts'
import type { Actor } from '../../engine/index.ts'
import { AppError, notFound } from '../../platform/index.ts'
import type { Parts } from '../parts.ts'

type Needs = Pick<Parts, 'engine' | 'documents'>

const orNull = (codes: readonly string[]) => (thrown: unknown) => {
  if (thrown instanceof AppError && codes.includes(thrown.code)) return null
  throw thrown
}

/**
 * The file, or null for whoever may not read it. Until it belongs to a letter it is its uploader's alone; afterwards
 * it is for all who may read one of those letters.
 */
export async function readableFile({ engine, documents }: Needs, id: string, actor: Actor): Promise<FileRecord | null> {
  const file = await documents.files.get(id).catch(orNull(['file.not-found']))
  if (!file) return null
  const roots = await documents.files.attachedTo(id)
  if (roots.length === 0) return file.by?.person === actor.person ? file : null
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
