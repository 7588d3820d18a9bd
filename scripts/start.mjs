/** `npm start`: installs and builds when needed, then becomes the product itself, so that there is one process to stop. */
import { ensureInstalled } from './bootstrap.mjs'
import { ensureBuilt } from './build.mjs'

await ensureInstalled()
if (!(await ensureBuilt())) {
  console.error('Penyusunan program gagal; lihat pesan di atas.')
  process.exit(1)
}
if (process.argv.includes('--watch')) {
  const { watch } = await import('./watch.mjs')
  await watch()
} else {
  process.setSourceMapsEnabled(true)
  await import('../dist/src/main.js')
}
