import { Router } from 'express'
import { invalidInput } from '../../platform/index.ts'
import { actorOf } from '../caller.ts'
import type { Parts } from '../parts.ts'
import { receiveFiles, uploadsOf } from '../upload.ts'
import { keepUpload } from './keep-upload.ts'

/** POST `/files`: one file in the field `file` of a multipart form. */
export function uploadRoute(parts: Pick<Parts, 'documents' | 'config'>): Router {
  const router = Router()
  router.post('/files', receiveFiles(parts.config), async (request, response) => {
    const [upload, ...others] = uploadsOf(request)
    if (!upload || others.length > 0 || upload.fieldname !== 'file')
      throw invalidInput('file.missing', 'exactly one file in the field "file"')
    const kept = await keepUpload(parts.documents, upload, actorOf(response))
    response.status(201).location(`/api/v1/files/${kept.id}`).json(kept)
  })
  return router
}
