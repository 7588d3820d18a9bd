import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Express } from 'express'

/** Slow senders are cut off: headers within 10 s, a whole request (a scan over a thin line included) within 5 min. */
const HEADERS_MS = 10_000
const REQUEST_MS = 300_000
const KEEP_ALIVE_MS = 65_000
const HEADER_BYTES_MAX = 16 * 1024
const CHECK_MS = 5_000
const LET_GO_MS = 50

export interface ServerOptions {
  port: number
  /** Loopback unless said otherwise. */
  host?: string
  headersMs?: number
  requestMs?: number
}

export interface HttpServer {
  readonly server: Server
  readonly port: number
  /** Takes no more, lets what is under way finish for `limitMs`, then cuts. */
  close(limitMs: number): Promise<void>
}

/** @throws Error EADDRINUSE and the like, from listening */
export async function listen(app: Express, options: ServerOptions): Promise<HttpServer> {
  const { port, host = '127.0.0.1', headersMs = HEADERS_MS, requestMs = REQUEST_MS } = options
  const connectionsCheckingInterval = Math.min(CHECK_MS, headersMs)
  const server = createServer({ connectionsCheckingInterval, maxHeaderSize: HEADER_BYTES_MAX }, app)
  server.headersTimeout = headersMs
  server.requestTimeout = requestMs
  server.keepAliveTimeout = KEEP_ALIVE_MS
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  return { server, port: (server.address() as AddressInfo).port, close: (limitMs) => close(server, limitMs) }
}

async function close(server: Server, limitMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  // Kept-alive connections turn idle one by one, as their last answers go out.
  const letGo = setInterval(() => server.closeIdleConnections(), LET_GO_MS)
  const cut = setTimeout(() => server.closeAllConnections(), limitMs)
  await closed
  clearTimeout(cut)
  clearInterval(letGo)
}
