import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { unprocessable } from '../errors.ts'

const server = z.object({
  engine: z.enum(['mongod', 'redis', 'valkey']),
  version: z.string(),
  port: z.int().min(1).max(65_535),
  pid: z.int().optional(),
  binary: z.string(),
})
const schema = z.object({ format: z.literal(1), mongod: server.optional(), redis: server.optional() })

/** What one data directory was last served by. */
export type ServerRecord = z.infer<typeof server>
export type EmbeddedRecord = z.infer<typeof schema>

const fileOf = (dataDir: string) => join(dataDir, 'embedded.json')

/**
 * Reads `embedded.json`; an absent file is an empty record.
 * @throws embedded.record-unreadable when it is there but not understood: guessing could lose data
 */
export function readRecord(dataDir: string): EmbeddedRecord {
  let text: string
  try {
    text = readFileSync(fileOf(dataDir), 'utf8')
  } catch {
    return { format: 1 }
  }
  try {
    return schema.parse(JSON.parse(text))
  } catch (cause) {
    throw unprocessable('embedded.record-unreadable', `${fileOf(dataDir)} is damaged; restore or remove it by hand`, {
      details: { file: fileOf(dataDir) },
      cause,
    })
  }
}

/** Replaces the record in one step, so that a crash leaves the old or the new one. */
export function writeRecord(dataDir: string, record: EmbeddedRecord): void {
  mkdirSync(dataDir, { recursive: true })
  const draft = `${fileOf(dataDir)}.${process.pid}`
  writeFileSync(draft, `${JSON.stringify(record, null, 2)}\n`)
  renameSync(draft, fileOf(dataDir))
}
