import { Router } from 'express'
import { notFound } from '../../platform/index.ts'
import { fileRoutes } from '../files/index.ts'
import { uploadRoute } from '../files/upload-route.ts'
import type { Parts } from '../parts.ts'
import { deskRoutes } from './desk.ts'
import { instanceRoutes } from './instances.ts'
import { openApi } from './openapi.ts'
import { workflowRoutes } from './workflows.ts'

/** Everything under `/api/v1` that wants to know who asks. */
export function apiRoutes(parts: Parts): Router {
  const router = Router()
  router.use(workflowRoutes(parts), instanceRoutes(parts), deskRoutes(parts), uploadRoute(parts))
  router.use('/files', fileRoutes(parts))
  router.use(() => {
    throw notFound('route.not-found', 'no such route of the API')
  })
  return router
}

/** GET `/openapi.json`, for anybody: it says nothing of the office. */
export function openApiRoute({ config }: Pick<Parts, 'config'>): Router {
  const router = Router()
  const text = JSON.stringify(openApi(config.baseUrl))
  router.get('/openapi.json', (_request, response) => {
    response.type('application/json').set('Cache-Control', 'public, max-age=300').send(text)
  })
  return router
}
