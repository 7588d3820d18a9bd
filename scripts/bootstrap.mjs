/**
 * What has to happen before the first dependency can be imported: Node built-ins only.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const NODE_OLDEST = [20, 19]

/** Ends the process with a clear text when this Node is too old to run the product. */
export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  const isOld = major < NODE_OLDEST[0] || (major === NODE_OLDEST[0] && minor < NODE_OLDEST[1])
  if (!isOld) return
  console.error(`Mahakam memerlukan Node.js ${NODE_OLDEST.join('.')} atau lebih baru; ini ${process.versions.node}.`)
  process.exit(78)
}

const modified = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0)

/** Where the package manager notes what it installed; its content is compared with the lock file. */
const installedNote = join(root, 'node_modules', '.mahakam-lock')

function isInstalled() {
  const lock = join(root, 'package-lock.json')
  // A packed and installed copy has no lock file of its own: its dependencies came with it.
  if (!existsSync(lock)) return true
  if (!existsSync(join(root, 'node_modules'))) return false
  if (existsSync(installedNote)) return readFileSync(installedNote, 'utf8') === readFileSync(lock, 'utf8')
  return modified(join(root, 'node_modules', '.package-lock.json')) >= modified(lock)
}

/** Installs the dependencies when they are missing or the lock file changed since; one starter at a time. */
export async function ensureInstalled() {
  checkNode()
  if (isInstalled()) return
  const release = await lockFolder(join(root, '.data-install'))
  try {
    if (isInstalled()) return
    console.log('Memasang pustaka (sekali saja) …')
    const code = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
    if (code !== 0) {
      console.error('Pemasangan pustaka gagal. Periksa jaringan, lalu jalankan lagi.')
      process.exit(1)
    }
    writeFileSync(installedNote, readFileSync(join(root, 'package-lock.json'), 'utf8'))
  } finally {
    release()
  }
}

const SOURCES = ['src', 'workflows', 'templates', 'tsconfig.json', 'package-lock.json']

function newestIn(path) {
  if (!existsSync(path)) return 0
  if (!statSync(path).isDirectory()) return modified(path)
  // Folders count too: a removed file changes only the folder it was in.
  return readdirSync(path, { recursive: true }).reduce(
    (newest, name) => Math.max(newest, modified(join(path, name))),
    modified(path),
  )
}

/** Builds `dist/` when it is missing or older than a source. A packed copy comes built and without its sources. */
export async function ensureBuilt() {
  const stamp = join(root, 'dist', '.built')
  if (!existsSync(join(root, 'tsconfig.json'))) return
  const isFresh = () =>
    existsSync(stamp) && modified(stamp) >= Math.max(...SOURCES.map((name) => newestIn(join(root, name))))
  if (isFresh()) return
  const release = await lockFolder(join(root, '.data-build'))
  try {
    if (isFresh()) return
    console.log('Membangun program …')
    const begun = new Date()
    const tsc = await run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'])
    const assets = tsc === 0 ? await run(process.execPath, ['scripts/copy-assets.mjs'], { stdio: 'ignore' }) : 1
    if (assets !== 0) {
      console.error('Pembangunan gagal; pesan di atas menyebutkan tempatnya.')
      process.exit(1)
    }
    writeFileSync(stamp, begun.toISOString())
    // A source saved while the compiler ran must count as newer.
    utimesSync(stamp, begun, begun)
  } finally {
    release()
  }
}

/** A folder is made whole or not at all, so making it is a lock; one older than ten minutes was left by a crash. */
export async function lockFolder(folder) {
  for (;;) {
    try {
      mkdirSync(folder)
      return () => rmSync(folder, { recursive: true, force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      if (Date.now() - modified(folder) > 600_000) rmSync(folder, { recursive: true, force: true })
      else await new Promise((resolve) => setTimeout(resolve, 250))
    }
  }
}

/** Runs a command with this console; answers its exit code. Signals are passed on. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options })
    const pass = (signal) => child.kill(signal)
    process.on('SIGTERM', pass)
    process.on('SIGINT', pass)
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      process.off('SIGTERM', pass)
      process.off('SIGINT', pass)
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1))
    })
  })
}

/** Runs a TypeScript file of the sources as it is. */
export const runTypeScript = (file, args = [], env = process.env) =>
  run(process.execPath, ['--import', 'tsx', file, ...args], { env })
