import { type ChildProcess, fork } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Binary, identify } from './binary.ts'
import { storeInCache } from './cache.ts'
import { nodeArguments } from './node-program.ts'
import { hasEnded, stopChild } from './processes.ts'

const FIRST_BYTE_LIMIT_MS = 15_000
const STALL_LIMIT_MS = 60_000
const WHOLE_LIMIT_MS = 20 * 60_000

/**
 * The maker's own build for this system. The work is done in a child process, because a firewall that swallows
 * packets would otherwise hold up the start for minutes and a download inside this process cannot be abandoned.
 * @throws Error when nothing arrives within 15 s, it stalls for 60 s, or the archive fails its published checksum
 */
export async function downloadOfficialMongod(binaryDir: string): Promise<Binary> {
  mkdirSync(binaryDir, { recursive: true })
  const folder = mkdtempSync(join(binaryDir, 'official-'))
  try {
    const path = await runDownload(folder)
    const { engine, version } = await identify(path)
    return await storeInCache(binaryDir, { path, engine, version }, `official ${version}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function runDownload(folder: string): Promise<string> {
  const script = fileURLToPath(new URL(`./download-mongod${extname(import.meta.url)}`, import.meta.url))
  const env = { ...process.env, MONGOMS_MAX_RETRIES: '0', MONGOMS_MD5_CHECK: 'true', MONGOMS_DOWNLOAD_DIR: folder }
  const child = fork(script, [folder], {
    env,
    execArgv: nodeArguments(script),
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  return new Promise((resolve, reject) => {
    const watch = watchProgress(child, folder, reject)
    child.once('message', (answer: { path?: string; problem?: string }) =>
      answer.path ? resolve(answer.path) : reject(new Error(answer.problem ?? 'download failed')),
    )
    child.once('exit', () => {
      clearInterval(watch)
      reject(new Error('download failed'))
    })
    child.once('error', reject)
  })
}

function watchProgress(child: ChildProcess, folder: string, reject: (error: Error) => void): NodeJS.Timeout {
  const begun = Date.now()
  let bytes = 0
  let lastGrowth = begun
  return setInterval(() => {
    const now = Date.now()
    const size = bytesIn(folder)
    if (size > bytes) {
      bytes = size
      lastGrowth = now
    }
    const limitMs = bytes === 0 ? FIRST_BYTE_LIMIT_MS : STALL_LIMIT_MS
    if (hasEnded(child) || (now - lastGrowth < limitMs && now - begun < WHOLE_LIMIT_MS)) return
    reject(new Error(bytes === 0 ? 'no answer within 15 s' : 'the download stalled'))
    stopChild(child, 1_000).catch(reject)
  }, 500)
}

function bytesIn(folder: string): number {
  try {
    return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
  } catch {
    return 0
  }
}
