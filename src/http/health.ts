import { Router } from 'express'
import type { Parts } from './parts.ts'

const READY_LIMIT_MS = 3_000

const late = async () => {
  await new Promise((resolve) => setTimeout(resolve, READY_LIMIT_MS).unref())
  return { ok: false, checks: { time: { ok: false, detail: `no answer within ${READY_LIMIT_MS} ms` } } }
}

const failed = () => ({ ok: false, checks: { ready: { ok: false, detail: 'the check itself failed' } } })

/**
 * `/healthz`: the process answers, whatever its databases do. `/readyz`: 200 when MongoDB, Redis, outbox and timers are
 * well, else 503 with what is not; never later than 3 s.
 */
export function healthRoutes({ ready }: Pick<Parts, 'ready'>): Router {
  const router = Router()
  router.get('/healthz', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ ok: true })
  })
  router.get('/readyz', async (_request, response) => {
    const { ok, checks } = await Promise.race([ready().catch(failed), late()])
    response.set('Cache-Control', 'no-store').status(ok ? 200 : 503)
    if (!ok) response.set('Retry-After', '5')
    response.json({ ok, checks })
  })
  return router
}
