import express, { type Express, type Router } from 'express'
import { notFound } from '../platform/index.ts'
import { apiRoutes, openApiRoute } from './api/index.ts'
import { assetRoutes } from './assets.ts'
import { apiCaller, checkCsrf, pageCaller, refuseForeign } from './caller.ts'
import { type CookieJar, cookieJar } from './cookies.ts'
import { errorList } from './error-list.ts'
import { fileRoutes } from './files/index.ts'
import { healthRoutes } from './health.ts'
import type { Parts } from './parts.ts'
import { handleErrors } from './problem.ts'
import { logRequests } from './request-log.ts'
import { secureHeaders } from './security.ts'
import { signInRoutes } from './sign-in.ts'
import { receiveFiles } from './upload.ts'

const JSON_BYTES_MAX = 1024 * 1024
const FORM_BYTES_MAX = 256 * 1024
const FORM_FIELDS_MAX = 1_000

/** The app of the API and, where given, the pages. Everything it needs is handed in. */
export function createApp(parts: Parts): Express {
  const { config, log } = parts
  const isHttps = new URL(config.baseUrl).protocol === 'https:'
  const jar = cookieJar({ isHttps })
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', config.trustProxyHops ?? 0)
  app.use(logRequests(log))
  app.use(secureHeaders({ isHttps }))
  app.use(healthRoutes(parts))
  app.use(errorList())
  app.use('/assets', assetRoutes(parts.assetsDirs))
  app.use('/api/v1', apiSurface(parts, jar))
  app.use('/files', pageCaller(parts.organization, jar), fileRoutes(parts))
  app.use(pageSurface(parts, jar))
  app.use(() => {
    throw notFound('route.not-found', 'no such route')
  })
  app.use(handleErrors(parts))
  return app
}

/** The caller is known before any body is read: a stranger's megabytes are not parsed. */
function apiSurface(parts: Parts, jar: CookieJar): Router {
  const router = express.Router()
  router.use(openApiRoute(parts))
  router.use(apiCaller(parts.organization, jar))
  router.use(express.json({ limit: JSON_BYTES_MAX, strict: true }))
  router.use(apiRoutes(parts))
  return router
}

/** Forms: who it is and where it comes from first, then the body, then the form's token, then what it asks for. */
function pageSurface(parts: Parts, jar: CookieJar): Router {
  const { organization, config, pages } = parts
  const router = express.Router()
  router.use(pageCaller(organization, jar))
  router.use(refuseForeign(config.baseUrl))
  router.use(express.urlencoded({ extended: false, limit: FORM_BYTES_MAX, parameterLimit: FORM_FIELDS_MAX }))
  router.use(signedInUploads(parts))
  router.use(checkCsrf)
  router.use(signInRoutes(parts, jar))
  if (pages) router.use(pages(parts))
  return router
}

/** Only people of the office may make this machine write files. */
function signedInUploads({ config }: Parts): express.RequestHandler {
  const receive = receiveFiles(config)
  return (request, response, next) => (response.locals.session.actor ? receive(request, response, next) : next())
}
