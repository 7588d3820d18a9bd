/** `npm test`: installs when needed, provides its own servers, runs the tests. Options and files go to mocha. */
import { ensureInstalled, runTypeScript } from './bootstrap.mjs'

await ensureInstalled()
process.exitCode = await runTypeScript('test/support/run-tests.ts', process.argv.slice(2))
