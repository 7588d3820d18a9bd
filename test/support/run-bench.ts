/** `npm run bench`: the measurements against servers of their own, so that figures of two machines can be compared. */
import { runNode, withServers } from './with-servers.ts'

process.exitCode = await withServers('.data-bench', ({ env }) =>
  runNode(['--import', 'tsx', 'bench/main.ts', ...process.argv.slice(2)], env),
)
