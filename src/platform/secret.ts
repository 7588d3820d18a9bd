import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The first line of a secret's file (as container platforms mount them), or undefined when it cannot be read. */
export function readSecretFile(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').split('\n')[0]?.trim()
  } catch {
    return undefined
  }
}

/**
 * The trial's own secret, made once per data directory so that sessions outlive a restart. All processes of one
 * directory agree on it: a link appears whole or not at all, and only the first one appears.
 */
export function trialSecret(dataDir: string): string {
  const file = join(dataDir, 'secret')
  const kept = readSecretFile(file)
  if (kept) return kept
  mkdirSync(dataDir, { recursive: true })
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 })
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
  return readSecretFile(file) ?? ''
}
