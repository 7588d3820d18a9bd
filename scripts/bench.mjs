/** `npm run bench`: installs when needed, provides its own servers, measures. */
import { ensureInstalled, runTypeScript } from './bootstrap.mjs'

await ensureInstalled()
process.exitCode = await runTypeScript('test/support/run-bench.ts', process.argv.slice(2))
