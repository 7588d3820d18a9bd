/** Foreground servers for people who run single tests by hand: prints their addresses and stays until Ctrl-C. */
import { startServers } from '../../src/platform/embedded/servers.ts'

const dataDir = process.env.MAHAKAM_DATA_DIR ?? '.data-dev'
const binaryDir = process.env.MAHAKAM_BINARY_DIR ?? '.data/bin'
const servers = await startServers({
  dataDir,
  binaryDir,
  say: (line) => console.error(line),
  giveUp: (name) => {
    console.error(`${name} keeps dying; see ${dataDir}/logs`)
    process.exit(1)
  },
})
process.stdout.write(`MONGODB_URI=${servers.mongodbUri}\nREDIS_URL=${servers.redisUrl}\n`)
const stay = setInterval(() => {}, 60_000)
const stop = async () => {
  clearInterval(stay)
  await servers.stop()
  process.exit(0)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())
