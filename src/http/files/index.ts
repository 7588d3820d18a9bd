import { Router } from 'express'
import { previewQuery } from '../api/schemas.ts'
import { actorOf } from '../caller.ts'
import { inputOf } from '../input.ts'
import type { Parts } from '../parts.ts'
import { deliver, setFileHeaders } from './deliver.ts'
import { names } from './range.ts'
import { fileFor } from './rights.ts'

/** GET and HEAD `/:id` and `/:id/pages/:page`: mounted for browsers' sessions and for the API's tokens alike. */
export function fileRoutes(parts: Pick<Parts, 'engine' | 'documents'>): Router {
  const { files } = parts.documents
  const router = Router()

  router.get('/:id', async (request, response) => {
    const file = await fileFor(parts, request.params.id, actorOf(response))
    await deliver(files, file, request, response)
  })

  router.get('/:id/pages/:page', async (request, response) => {
    const file = await fileFor(parts, request.params.id, actorOf(response))
    const { w } = inputOf(previewQuery, request.query)
    const page = Number(request.params.page)
    const etag = `"${file.sha256}-${page}-${w}"`
    if (names(request.get('if-none-match'), etag)) return void response.status(304).end()
    const { bytes, mediaType } = await files.preview(file._id, page, w)
    setFileHeaders(response, mediaType)
    response.set('ETag', etag).end(bytes)
  })

  return router
}
