/**
 * The image's files as production: an empty mongod made a replica set by the compose file's own step, web and worker
 * apart, each asked by the image's health check. `node .ci/production.mjs <folder with the image's files>`
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, expectStatus, freePort, launch } from './processes.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const app = process.argv[2]
const folder = mkdtempSync(join(tmpdir(), 'mahakam-production-'))
const [mongoPort, redisPort, port] = [await freePort(), await freePort(), await freePort()]

/** A server program the tests have used just now, or one of the system's. */
function program(...names) {
  const cache = process.env.MAHAKAM_BINARY_DIR ?? join(root, '.data', 'bin')
  const cached = existsSync(cache) ? readdirSync(cache) : []
  const found = cached.find((file) => !file.endsWith('.json') && names.some((name) => file.startsWith(name)))
  return found ? join(cache, found) : names[0]
}

function startServers() {
  for (const name of ['mongo', 'redis']) mkdirSync(join(folder, name))
  const silent = { stdio: ['ignore', 'pipe', 'pipe'] }
  const mongo = ['--replSet', 'mahakam', '--bind_ip', '127.0.0.1', '--port', String(mongoPort)]
  const redis = ['--bind', '127.0.0.1', '--port', String(redisPort), '--maxmemory-policy', 'noeviction']
  return [
    launch(
      program('mongod'),
      [...mongo, '--dbpath', join(folder, 'mongo'), '--quiet', '--logpath', '/dev/null'],
      silent,
    ),
    launch(
      program('redis-server', 'valkey', 'redis'),
      [...redis, '--dir', join(folder, 'redis'), '--loglevel', 'warning'],
      silent,
    ),
  ]
}

const base = {
  PATH: process.env.PATH,
  NODE_ENV: 'production',
  MAHAKAM_MODE: 'production',
  MAHAKAM_DATA_DIR: join(folder, 'data'),
  PORT: String(port),
}
const complete = {
  ...base,
  MONGODB_URI: `mongodb://127.0.0.1:${mongoPort}/mahakam?replicaSet=mahakam`,
  REDIS_URL: `redis://127.0.0.1:${redisPort}`,
  MAHAKAM_SECRET: 'a secret for this check alone, long enough',
  MAHAKAM_BASE_URL: `http://127.0.0.1:${port}`,
}
const node = (env, ...args) => execFileSync(process.execPath, args, { cwd: app, env, stdio: 'inherit' })
const startRole = (role) =>
  launch(process.execPath, ['dist/src/main.js'], { cwd: app, env: { ...complete, MAHAKAM_ROLE: role } })

async function checkRefusal() {
  const bare = launch(process.execPath, ['dist/src/main.js'], { cwd: app, env: base })
  await bare.sees(/MAHAKAM_BASE_URL/)
  for (const name of ['MONGODB_URI', 'REDIS_URL', 'MAHAKAM_SECRET'])
    expect(bare.text().includes(name), `the refusal does not name ${name}`)
  expect((await bare.stop()) === 78, 'production without its settings must end with 78')
}

const running = []
try {
  await checkRefusal()
  running.push(...startServers())
  const initial = { MONGODB_INIT_URI: `mongodb://127.0.0.1:${mongoPort}/?directConnection=true` }
  for (const _round of ['first', 'again'])
    node({ ...base, ...initial, MONGODB_MEMBER: `127.0.0.1:${mongoPort}` }, 'scripts/container/start-replica-set.mjs')
  const roles = ['web', 'worker'].map(startRole)
  running.unshift(...roles)
  for (const role of roles) await role.sees(/"process\.ready"|"role\.started"/)
  for (const role of ['web', 'worker']) node({ ...complete, MAHAKAM_ROLE: role }, 'scripts/container/health.mjs')
  for (const path of ['/healthz', '/readyz', '/sign-in']) await expectStatus(`http://127.0.0.1:${port}${path}`, 200)
  for (const role of roles) {
    const code = await role.stop()
    expect(code === 0, `a role stopped with ${code}, not 0`)
  }
} finally {
  for (const part of running) await part.stop()
  rmSync(folder, { recursive: true, force: true })
}
