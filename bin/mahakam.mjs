#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const built = new URL('../dist/src/cli.js', import.meta.url)
if (!existsSync(fileURLToPath(built))) {
  console.error('Program belum dibangun. Jalankan dahulu: npm run build')
  process.exit(1)
}
await import(built)
