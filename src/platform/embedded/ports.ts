import { connect, createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

const LOOPBACK = '127.0.0.1'

/** True when nobody listens on `port` at `host`; found out by listening there for a moment. */
export function isPortFree(port: number, host = LOOPBACK): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)))
  })
}

/** A loopback port nobody uses right now. Another program may still take it first, so the caller must be ready to ask again. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, LOOPBACK, () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}

/** The port used last time while it is still free, otherwise a new one. */
export async function keepOrFindPort(saved: number | undefined): Promise<number> {
  return saved !== undefined && (await isPortFree(saved)) ? saved : findFreePort()
}

/** One attempt to open a TCP connection, given up after `timeoutMs`. */
export function answersTcp(host: string, port: number, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: timeoutMs })
    const end = (isOpen: boolean) => {
      socket.destroy()
      resolve(isOpen)
    }
    socket.once('connect', () => end(true))
    socket.once('timeout', () => end(false))
    socket.once('error', () => end(false))
  })
}

/**
 * Waits until somebody accepts connections; false when `limitMs` passed or `isHopeless()` became true.
 * The driver must not be asked earlier: a client whose first connect timed out stays unusable.
 */
export async function waitForTcp(
  address: { host: string; port: number },
  limitMs: number,
  isHopeless: () => boolean = () => false,
): Promise<boolean> {
  const deadline = Date.now() + limitMs
  while (Date.now() < deadline && !isHopeless()) {
    if (await answersTcp(address.host, address.port, 1_000)) return true
    await pause(50)
  }
  return false
}
