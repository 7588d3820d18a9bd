/**
 * What has to happen before the first dependency can be imported: Node built-ins only.
 */
import { spawn } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
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

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'))

/** Whether what npm noted as installed is what the lock file asks for; packages for other systems may be missing. */
function isInstalled() {
  const lock = join(root, 'package-lock.json')
  const modules = join(root, 'node_modules')
  // A packed and installed copy has no lock file of its own: its dependencies came with it.
  if (!existsSync(lock)) return true
  // A linked folder belongs to another checkout, and installing would empty it.
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink()) return true
  const noted = join(modules, '.package-lock.json')
  if (!existsSync(noted)) return false
  const installed = readJson(noted).packages
  return Object.entries(readJson(lock).packages).every(
    ([place, wanted]) => place === '' || wanted.optional || installed[place]?.version === wanted.version,
  )
}

/** Installs the dependencies when they are missing or the lock file changed since; one starter at a time. */
export async function ensureInstalled() {
  checkNode()
  if (isInstalled()) return
  const release = await lockFolder(join(root, '.data-install'))
  try {
    if (isInstalled()) return
    console.error('Memasang pustaka (sekali saja) …')
    const code = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
    if (code !== 0) {
      console.error('Pemasangan pustaka gagal. Periksa jaringan, lalu jalankan lagi.')
      process.exit(1)
    }
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
    console.error('Membangun program …')
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

/** A folder is made whole or not at all, so making it is a lock; the number of its maker's process lies in it. */
async function lockFolder(folder) {
  const release = () => rmSync(folder, { recursive: true, force: true })
  for (;;) {
    try {
      mkdirSync(folder)
      writeFileSync(join(folder, 'pid'), String(process.pid))
      process.once('exit', release)
      return () => {
        process.off('exit', release)
        release()
      }
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      if (isAbandoned(folder)) release()
      else await new Promise((resolve) => setTimeout(resolve, 250))
    }
  }
}

function isAbandoned(folder) {
  try {
    process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 0)
    return false
  } catch (error) {
    // No number yet: the maker is between its two steps, or died there.
    return error.code === 'ESRCH' || (error.code === 'ENOENT' && Date.now() - modified(folder) > 2_000)
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
