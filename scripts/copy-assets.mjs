/**
 * Last step of the build: what the compiler leaves out (styles, fonts, scripts of pages, data) goes beside its output,
 * and output whose source is gone goes away, because workflows and templates are discovered by what lies there.
 */
import { cpSync, existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './bootstrap.mjs'

const COMPILED = /(?<!\.d)\.tsx?$/

function hasSource(file) {
  const compiled = /^(.*)\.js(\.map)?$/.exec(file)
  const sources = compiled ? [`${compiled[1]}.ts`, `${compiled[1]}.tsx`, file] : [file]
  return sources.some((source) => existsSync(join(root, source)))
}

for (const folder of ['src', 'templates', 'workflows']) {
  const [from, to] = [join(root, folder), join(root, 'dist', folder)]
  for (const name of existsSync(to) ? readdirSync(to, { recursive: true }) : []) {
    const path = join(to, name)
    if (statSync(path, { throwIfNoEntry: false })?.isFile() && !hasSource(join(folder, name))) rmSync(path)
  }
  if (!existsSync(from)) continue
  cpSync(from, to, {
    recursive: true,
    filter: (path) => statSync(path).isDirectory() || !COMPILED.test(path),
  })
}
