#!/usr/bin/env node
/** The operator's command line: the built program, or in a checkout that was never built, the sources themselves. */
import { existsSync } from 'node:fs'

const built = new URL('../dist/src/cli.js', import.meta.url)
const sources = new URL('../src/cli.ts', import.meta.url)

if (existsSync(built)) await import(built.href)
else if (existsSync(sources)) {
  const { register } = await import('tsx/esm/api').catch(() => {
    console.error('Program belum dibangun. Jalankan dahulu: npm install && npm run build')
    process.exit(1)
  })
  register()
  await import(sources.href)
} else {
  console.error('Paket ini tidak lengkap: dist/ tidak ada. Pasang ulang paketnya.')
  process.exit(1)
}
