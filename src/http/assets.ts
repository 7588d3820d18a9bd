import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import express, { type Router } from 'express'
import { notFound } from '../platform/index.ts'

const YEAR_S = 31_536_000
const HOUR_S = 3_600
const HASH_LENGTH = 16

/** Hash over names and contents of all assets: pages name them under it, so that browsers may keep them for good. */
export function hashOfAssets(folders: readonly string[]): string {
  const hash = createHash('sha256')
  for (const folder of folders)
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()) {
      const bytes = bytesOf(join(folder, name))
      if (bytes) hash.update(`${name}\0${bytes.length}\0`).update(bytes)
    }
  return hash.digest('hex').slice(0, HASH_LENGTH)
}

function bytesOf(path: string): Buffer | null {
  try {
    return readFileSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EISDIR') return null
    throw error
  }
}

/**
 * Styles, scripts, fonts and pictures of the pages, under `/<hash>/name`. A page drawn by another release asks with
 * another hash: it gets what is there now, kept for an hour only.
 */
export function assetRoutes(folders: readonly string[]): Router {
  const router = express.Router()
  const files = folders.map((folder) =>
    express.static(folder, { index: false, redirect: false, dotfiles: 'ignore', cacheControl: false }),
  )
  const hash = hashOfAssets(folders)
  const keep = (policy: string): express.RequestHandler => {
    return (_request, response, next) => {
      response.set('Cache-Control', policy)
      next()
    }
  }
  router.use(`/${hash}`, keep(`public, max-age=${YEAR_S}, immutable`), ...files)
  router.use(`/:hash`, keep(`public, max-age=${HOUR_S}`), ...files)
  router.use(keep(`public, max-age=${HOUR_S}`), ...files)
  router.use(() => {
    throw notFound('route.not-found', 'no such asset')
  })
  return router
}
