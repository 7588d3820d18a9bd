import { startRole } from '../../src/compose.ts'
import { createLogger, loadConfig } from '../../src/platform/index.ts'

/** A role of the product as a process of its own, so that a test can kill it. */
await startRole(loadConfig(), createLogger('silent', 'test'))
process.send?.('ready')
