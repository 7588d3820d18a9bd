/** Building when needed, for `npm start` and `npm run dev`: Node built-ins only. */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lockFolder, root, run } from './bootstrap.mjs'

const SOURCES = ['src', 'templates', 'workflows', 'tsconfig.json', 'package-lock.json']
const NOTE = join(root, 'dist', '.built')

/** Time of the newest change below a path; folders count too, because a removed file changes only its folder. */
function newest(path) {
  const info = statSync(path, { throwIfNoEntry: false })
  if (!info) return 0
  if (!info.isDirectory()) return info.mtimeMs
  return Math.max(info.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}

export const newestSource = () => Math.max(...SOURCES.map((path) => newest(join(root, path))))

/** An installed package or an image carries no sources, so there is nothing to build. */
const hasSources = () => statSync(join(root, 'tsconfig.json'), { throwIfNoEntry: false }) !== undefined

function builtFrom() {
  try {
    return Number(readFileSync(NOTE, 'utf8'))
  } catch {
    return 0
  }
}

/** Builds when a source changed since the last build that went through; false when the build failed. */
export async function ensureBuilt() {
  if (!hasSources() || builtFrom() === newestSource()) return true
  const release = await lockFolder(join(root, '.data-build'))
  try {
    const source = newestSource()
    if (builtFrom() === source) return true
    console.log('Menyusun program …')
    if ((await run('npm', ['run', '--silent', 'build'])) !== 0) return false
    mkdirSync(join(root, 'dist'), { recursive: true })
    // Noted is what was looked at before the build, so a change made meanwhile is built next time.
    writeFileSync(NOTE, String(source))
    return true
  } finally {
    release()
  }
}
