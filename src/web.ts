import { fileURLToPath } from 'node:url'
import type { Parts, Readiness } from './http/index.ts'
import type { Config, Logger } from './platform/index.ts'
import type { Rooms } from './rooms.ts'

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Fits the rooms into what the wire asks for. */
export async function webParts(
  { engine, organization, documents }: Rooms,
  config: Config,
  log: Logger,
  ready: () => Promise<Readiness>,
): Promise<Parts> {
  return {
    engine,
    organization,
    documents,
    pages: null,
    errorPage: null,
    assetsDirs: [folder('../templates/pages/assets')],
    config,
    log,
    ready,
  }
}
