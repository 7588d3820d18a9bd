import type { Request } from 'express'
import type { Actor } from '../../engine/index.ts'
import { keepUpload } from '../files/keep-upload.ts'
import type { Parts } from '../parts.ts'
import { uploadsOf } from '../upload.ts'

/**
 * Takes in the files of a form. An empty file input sends a part without name and bytes: no file at all.
 * @returns ids by field name, in the order in which they were sent
 * @throws AppError file.* for the first file the office does not take in
 */
export async function takeFiles(
  { documents }: Pick<Parts, 'documents'>,
  request: Request,
  actor: Actor,
  unit: string,
): Promise<Map<string, string[]>> {
  const ids = new Map<string, string[]>()
  for (const received of uploadsOf(request)) {
    const { fieldname, originalname, size } = received
    if (originalname === '' && size === 0) continue
    const kept = await keepUpload(documents, received, actor, unit)
    ids.set(fieldname, [...(ids.get(fieldname) ?? []), kept.id])
  }
  return ids
}
