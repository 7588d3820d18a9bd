/** Runs as a process of its own (see `official-download.ts`) and answers `{ path }` or `{ problem }`. */
import { MongoBinary } from 'mongodb-memory-server-core'

const [downloadDir = '.'] = process.argv.slice(2)
const tell = (answer: { path: string } | { problem: string }) => process.send?.(answer, () => process.exit())

try {
  tell({ path: await MongoBinary.getPath({ downloadDir, checkMD5: true }) })
} catch (error) {
  tell({ problem: error instanceof Error ? (error.message.split('\n')[0] ?? error.name) : String(error) })
}
