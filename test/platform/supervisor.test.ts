import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'chai'
import { findFreePort } from '../../src/platform/embedded/ports.ts'
import { isAlive } from '../../src/platform/embedded/processes.ts'
import { readRecord } from '../../src/platform/embedded/record.ts'
import { needServices } from '../support/services.ts'

const ENTRY = 'test/platform/supervisor-entry.ts'

/** One run of the program with everything it printed. */
class Run {
  readonly child: ChildProcess
  output = ''

  constructor(dataDir: string, port: number) {
    const { MONGODB_URI: _, REDIS_URL: __, ...env } = process.env
    this.child = spawn(process.execPath, ['--import', 'tsx', ENTRY], {
      env: { ...env, MAHAKAM_DATA_DIR: dataDir, PORT: String(port) },
    })
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (chunk) => {
        this.output += chunk
      })
    }
  }

  async ready(limitMs = 60_000): Promise<void> {
    const isReady = () => this.output.includes('Mahakam siap: ')
    if (!(await holds(() => isReady() || this.child.exitCode !== null, limitMs)) || !isReady()) {
      throw new Error(`not ready: ${this.output}`)
    }
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    const gone = new Promise<number | null>((resolve) => this.child.once('exit', resolve))
    this.child.kill(signal)
    return gone
  }

  exit(): Promise<number | null> {
    return new Promise((resolve) => this.child.once('exit', resolve))
  }
}

async function holds(condition: () => boolean | Promise<boolean>, limitMs: number): Promise<boolean> {
  for (const deadline = Date.now() + limitMs; Date.now() < deadline; await pause(50)) if (await condition()) return true
  return false
}

/** Web, worker, mongod, redis of a run: those of its process group children that are still there. */
function childrenOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
  return text === '' ? [] : text.split(' ').map(Number)
}

const ask = async (port: number) =>
  (await fetch(`http://127.0.0.1:${port}/`)).json() as Promise<{ pid: number; starts: number }>

describe('supervisor of the trial', function () {
  this.timeout(120_000)
  const dataDir = mkdtempSync(join(tmpdir(), 'mahakam-trial-'))
  let port: number
  let run: Run

  before(async function () {
    needServices(this, 'MONGODB_URI')
    if (process.platform !== 'linux') return this.skip()
    port = await findFreePort()
    run = new Run(dataDir, port)
    await run.ready()
  })
  after(async () => {
    if (run?.child.exitCode === null) await run.end('SIGTERM')
    rmSync(dataDir, { recursive: true, force: true })
  })

  it('runs four processes and says the address once', () => {
    expect(childrenOf(run.child.pid ?? 0)).to.have.lengthOf(4)
    expect(run.output.match(/Mahakam siap: http:\/\/127\.0\.0\.1:\d+/g)).to.have.lengthOf(1)
  })

  it('names the owner to a second start on the same data', async () => {
    const second = new Run(dataDir, port)
    expect(await second.exit()).to.equal(1)
    expect(second.output).to.include('[embedded.owned]').and.include(String(run.child.pid))
  })

  it('starts web again when it was killed', async () => {
    const { pid } = await ask(port)
    process.kill(pid, 'SIGKILL')
    expect(await holds(async () => (await ask(port).catch(() => ({ pid }))).pid !== pid, 15_000)).to.equal(true)
  })

  it('starts both servers again when they were killed, with what they held', async () => {
    const { starts } = await ask(port)
    const { mongod, redis } = readRecord(dataDir)
    for (const pid of [mongod?.pid, redis?.pid]) process.kill(pid ?? 0, 'SIGKILL')
    const isBack = async () => ((await ask(port).catch(() => null))?.starts ?? 0) >= starts
    expect(
      await holds(async () => readRecord(dataDir).mongod?.pid !== mongod?.pid && (await isBack()), 30_000),
    ).to.equal(true)
    expect(await holds(() => readRecord(dataDir).redis?.pid !== redis?.pid, 10_000)).to.equal(true)
  })

  it('takes all four with it when it is killed, and starts at once with its data', async () => {
    const { starts } = await ask(port)
    const children = childrenOf(run.child.pid ?? 0)
    await run.end('SIGKILL')
    run = new Run(dataDir, port)
    await run.ready()
    expect(children.filter(isAlive)).to.deep.equal([])
    // The trial is ready when its web is; the worker counts its own start a moment later.
    expect(await holds(async () => (await ask(port)).starts >= starts + 2, 10_000)).to.equal(true)
  })

  it('leaves nothing behind when asked to stop', async () => {
    const children = childrenOf(run.child.pid ?? 0)
    const begun = Date.now()
    expect(await run.end('SIGTERM')).to.equal(0)
    expect(Date.now() - begun).to.be.lessThan(10_000)
    expect(children.filter(isAlive)).to.deep.equal([])
  })

  it('moves its servers when their ports were taken meanwhile', async () => {
    const { mongod } = readRecord(dataDir)
    const squatter = createServer((socket) => socket.destroy()).listen(mongod?.port ?? 0, '127.0.0.1')
    run = new Run(dataDir, port)
    await run.ready()
    expect(readRecord(dataDir).mongod?.port).to.not.equal(mongod?.port)
    expect((await ask(port)).starts).to.be.greaterThan(2)
    await run.end('SIGINT')
    squatter.close()
  })

  it('names PORT when it is taken, and leaves nothing running', async () => {
    const squatter = createServer()
    await new Promise<void>((resolve) => squatter.listen(port, '127.0.0.1', resolve))
    run = new Run(dataDir, port)
    expect(await run.exit()).to.equal(1)
    expect(run.output).to.include(`PORT=${port + 1}`)
    squatter.close()
  })
})
