import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { type RunningRole, startRole } from '../../src/compose.ts'
import { createOrganization } from '../../src/organization/index.ts'
import { createLogger, loadConfig } from '../../src/platform/index.ts'
import { findFreePort } from '../support/free-port.ts'
import { type FreshDatabase, freshDatabase, freshQueuePrefix, testRedisUrl } from '../support/services.ts'

// biome-ignore lint/suspicious/noExplicitAny: answers are checked field by field
export type Json = any

export interface Answer {
  status: number
  body: Json
}

/** The whole product on a fresh database: web in this process, workers in their own. */
export class TestProvince {
  readonly #database: FreshDatabase
  readonly #env: NodeJS.ProcessEnv
  readonly #dataDir: string
  readonly #workers: ChildProcess[] = []
  readonly #tokens = new Map<string, string>()
  readonly url: string
  #web: RunningRole | null = null

  private constructor(database: FreshDatabase, port: number) {
    this.#database = database
    this.#dataDir = mkdtempSync(join(tmpdir(), 'mahakam-test-'))
    this.url = `http://127.0.0.1:${port}`
    this.#env = {
      MONGODB_URI: database.uri,
      REDIS_URL: testRedisUrl(),
      MAHAKAM_DATA_DIR: this.#dataDir,
      MAHAKAM_QUEUE_PREFIX: freshQueuePrefix(),
      MAHAKAM_DEMO_LETTERS: '0',
      PORT: String(port),
    }
  }

  static async open(): Promise<TestProvince> {
    const province = new TestProvince(await freshDatabase(), await findFreePort())
    const config = loadConfig({ ...province.#env, MAHAKAM_ROLE: 'web' })
    province.#web = await startRole(config, createLogger('silent', 'web'))
    return province
  }

  async close(): Promise<void> {
    for (const worker of this.#workers) worker.kill('SIGKILL')
    await this.#web?.stop()
    await this.#database.drop()
    rmSync(this.#dataDir, { recursive: true, force: true })
  }

  get connection() {
    return this.#database.connection
  }

  async startWorker(): Promise<ChildProcess> {
    const worker = fork(new URL('./role-process.ts', import.meta.url), {
      execArgv: ['--import', 'tsx'],
      env: { ...process.env, ...this.#env, MAHAKAM_ROLE: 'worker' },
    })
    this.#workers.push(worker)
    await new Promise((resolve) => worker.once('message', resolve))
    return worker
  }

  async tokenOf(person: string): Promise<string> {
    const known = this.#tokens.get(person)
    if (known) return known
    const { credentials } = await createOrganization({ connection: this.#database.connection, isTrial: true })
    const { token } = await credentials.createToken(person, 'test')
    this.#tokens.set(person, token)
    return token
  }

  async call(
    person: string,
    method: string,
    path: string,
    body?: unknown,
    key: string = randomUUID(),
  ): Promise<Answer> {
    const isForm = body instanceof FormData
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await this.tokenOf(person)}`,
        ...(method === 'POST' && { 'idempotency-key': key }),
        ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
    })
    return { status: response.status, body: await response.json() }
  }

  async send(person: string, instance: string, type: string, data: unknown = {}): Promise<Json> {
    const { status, body } = await this.call(person, 'POST', `/instances/${instance}/events`, { type, data })
    expect(status, `${type}: ${JSON.stringify(body)}`).to.equal(200)
    return body
  }

  async read(person: string, path: string): Promise<Json> {
    const { status, body } = await this.call(person, 'GET', path)
    expect(status, `${path}: ${JSON.stringify(body)}`).to.equal(200)
    return body
  }

  async upload(person: string, bytes: Uint8Array, name: string, type: string): Promise<Answer> {
    const form = new FormData()
    form.append('file', new Blob([Buffer.from(bytes)], { type }), name)
    return this.call(person, 'POST', '/files', form)
  }
}

/** Waits until `is` holds, at most `seconds`. */
export async function eventually(what: string, is: () => Promise<boolean>, seconds = 30): Promise<void> {
  for (const end = Date.now() + seconds * 1_000; Date.now() < end; ) {
    if (await is()) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  expect.fail(`${what} did not come about within ${seconds} s`)
}
