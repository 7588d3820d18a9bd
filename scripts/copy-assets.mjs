/** Copies what the compiler leaves behind (styles, scripts, pictures, fonts, data) beside the built files. */
import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './bootstrap.mjs'

const FOLDERS = ['src', 'workflows', 'templates']

let count = 0
for (const folder of FOLDERS.filter((name) => existsSync(join(root, name)))) {
  for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || /\.(tsx?|md)$/.test(entry.name)) continue
    const from = join(entry.parentPath, entry.name)
    const to = join(root, 'dist', from.slice(root.length + 1))
    mkdirSync(dirname(to), { recursive: true })
    copyFileSync(from, to)
    count += 1
  }
}
console.log(`${count} assets copied`)
