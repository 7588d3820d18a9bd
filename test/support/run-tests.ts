/**
 * Provides servers in a data directory of their own, runs mocha against them, and stops them again whatever happens.
 * `npm test [-- [--coverage] [mocha options] [files]]`
 */
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { findOwner } from '../../src/platform/embedded/owner.ts'
import { type EmbeddedServers, startServers } from '../../src/platform/embedded/servers.ts'

const DEFAULT_SPEC = 'test/**/*.test.ts'
const dataDir = await chooseDataDir()
const binaryDir = process.env.MAHAKAM_BINARY_DIR ?? '.data/bin'
const coverageFlag = '--coverage'

/** A second test run beside this one gets the next directory. */
async function chooseDataDir(): Promise<string> {
  for (let number = 1; number <= 8; number++) {
    const folder = resolve(number === 1 ? '.data-test' : `.data-test-${number}`)
    if (findOwner(folder)) continue
    return folder
  }
  throw new Error('eight test runs are going on already')
}

function mochaArguments(): string[] {
  const given = process.argv.slice(2).filter((argument) => argument !== coverageFlag)
  const hasFiles = given.some((argument) => /\.test\.ts$|^test\//.test(argument))
  const mocha = ['node_modules/mocha/bin/mocha.js', ...given, ...(hasFiles ? [] : [DEFAULT_SPEC])]
  if (!process.argv.includes(coverageFlag)) return mocha
  const c8 = ['node_modules/c8/bin/c8.js', '--all', '--src', 'src', '--reporter', 'text-summary', '--reporter', 'html']
  return [...c8, process.execPath, ...mocha]
}

function runMocha(servers: EmbeddedServers): Promise<number> {
  const env = {
    ...process.env,
    MONGODB_URI: servers.mongodbUri ?? '',
    REDIS_URL: servers.redisUrl ?? '',
    REQUIRE_SERVICES: '1',
    MAHAKAM_BINARY_DIR: resolve(binaryDir),
    TEST_FIGURES_FILE: join(dataDir, 'figures.json'),
  }
  const child = spawn(process.execPath, mochaArguments(), { stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  return new Promise((done) => child.once('exit', (code) => done(code ?? 1)))
}

/** The closing line comes from what mocha itself counted; no figures means that mocha did not finish. */
function closingLine(): string {
  try {
    const { passes, failures } = JSON.parse(readFileSync(join(dataDir, 'figures.json'), 'utf8'))
    return `${passes} passed, ${failures} failed`
  } catch {
    return 'the tests did not run to their end'
  }
}

mkdirSync(dataDir, { recursive: true })
rmSync(dataDir, { recursive: true, force: true })
const servers = await startServers({
  dataDir,
  binaryDir,
  say: (line) => console.error(line),
  giveUp: (name) => console.error(`${name} keeps dying; see ${dataDir}/logs`),
})
try {
  process.exitCode = await runMocha(servers)
} finally {
  await servers.stop()
}
console.log(closingLine())
