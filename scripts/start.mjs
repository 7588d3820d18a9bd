/** `npm start`: installs and builds what is missing, then becomes the program. `--watch` runs the sources instead. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureBuilt, ensureInstalled, root } from './bootstrap.mjs'

await ensureInstalled()
if (process.argv.includes('--watch')) {
  const { register } = await import('tsx/esm/api')
  register()
  await import(pathToFileURL(join(root, 'src/main.ts')).href)
} else {
  await ensureBuilt()
  await import(pathToFileURL(join(root, 'dist/src/main.js')).href)
}
