import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import type { ServerRecord } from './record.ts'

export type Engine = ServerRecord['engine']

/** A server program that has been run once and told its version. */
export interface Binary {
  path: string
  engine: Engine
  /** As printed by the program, `major.minor.patch`. */
  version: string
}

const run = promisify(execFile)

/**
 * Runs `path --version` and reads what it is.
 * @throws Error with the program's own words when it cannot run here or is something else
 */
export async function identify(path: string): Promise<Binary> {
  const { stdout } = await run(path, ['--version'], { timeout: 15_000 }).catch((error: Error & { stderr?: string }) => {
    throw new Error(firstLine(error.stderr) || error.message.split('\n')[0])
  })
  const mongod = /db version v(\d+\.\d+\.\d+)/.exec(stdout)?.[1]
  if (mongod) return { path, engine: 'mongod', version: mongod }
  const [, name, version] = /(Redis|Valkey) server v=(\d+\.\d+\.\d+)/.exec(stdout) ?? []
  if (!name || !version) throw new Error(`${path} does not say a version`)
  return { path, engine: name === 'Valkey' ? 'valkey' : 'redis', version }
}

/** `[major, minor]` of a version text. */
export function majorMinor(version: string): [number, number] {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return [major, minor]
}

/** SHA-256 of a file in hexadecimal, read as a stream. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash)
  return hash.digest('hex')
}

/** Where a program of this name is found by the shell's search path, or null. */
export function onPath(name: string, path = process.env.PATH ?? ''): string | null {
  return (
    path
      .split(':')
      .filter((folder) => folder.startsWith('/'))
      .map((folder) => `${folder}/${name}`)
      .find((file) => existsSync(file)) ?? null
  )
}

export const firstLine = (text: string | undefined): string =>
  text
    ?.split('\n')
    .find((line) => line.trim() !== '')
    ?.trim() ?? ''
