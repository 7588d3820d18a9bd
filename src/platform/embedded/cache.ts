import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type Binary, type Engine, sha256OfFile } from './binary.ts'

const noteSchema = z.object({
  engine: z.enum(['mongod', 'redis', 'valkey']),
  version: z.string(),
  sha256: z.string(),
  source: z.string(),
})

/**
 * Moves a program that has just been run into the cache under a name made of its hash. The rename is one step, so an
 * interrupted fetch never leaves half a program behind.
 */
export async function storeInCache(binaryDir: string, binary: Binary, source: string): Promise<Binary> {
  const sha256 = await sha256OfFile(binary.path)
  const name = `${binary.engine}-${sha256.slice(0, 12)}`
  mkdirSync(binaryDir, { recursive: true })
  const path = join(binaryDir, name)
  renameSync(binary.path, path)
  const note = { engine: binary.engine, version: binary.version, sha256, source }
  const draft = join(binaryDir, `.${name}.${process.pid}`)
  writeFileSync(draft, `${JSON.stringify(note, null, 2)}\n`)
  renameSync(draft, `${path}.json`)
  return { ...binary, path }
}

/**
 * Programs of these engines in the cache whose bytes still hash to what was noted; a changed one is passed over and
 * told to `onDamaged`.
 */
export async function findCached(
  binaryDir: string,
  engines: readonly Engine[],
  onDamaged: (name: string) => void,
): Promise<Binary[]> {
  const found: Binary[] = []
  for (const name of namesIn(binaryDir)) {
    const note = readNote(join(binaryDir, name))
    if (!note || !engines.includes(note.engine)) continue
    const path = join(binaryDir, name.slice(0, -'.json'.length))
    const sha256 = await sha256OfFile(path).catch(() => '')
    if (sha256 === note.sha256) found.push({ path, engine: note.engine, version: note.version })
    else onDamaged(path)
  }
  return found
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json') && !name.startsWith('.'))
  } catch {
    return []
  }
}

function readNote(file: string) {
  try {
    return noteSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}
