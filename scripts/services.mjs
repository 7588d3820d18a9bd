/** `node scripts/services.mjs`: MongoDB and Redis for single test runs, in the foreground, kept in `.data-dev`. */
import { ensureInstalled, runTypeScript } from './bootstrap.mjs'

await ensureInstalled()
process.exitCode = await runTypeScript('test/support/services-main.ts', process.argv.slice(2))
