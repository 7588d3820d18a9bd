/** From a bare clone to the ready line with one command, an orderly stop, and a quick second start on the same data. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, expectStatus, freePort, launch } from './processes.mjs'

const SECOND_START_LIMIT_MS = 10_000
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const folder = mkdtempSync(join(tmpdir(), 'mahakam-smoke-'))
const clone = join(folder, 'clone')
const data = join(folder, 'data')
const port = await freePort()
const address = `http://127.0.0.1:${port}`

/** npm ends by the signal it gets, whatever its child does; so the product itself is asked, and npm passes its code on. */
const productPid = () => JSON.parse(readFileSync(join(data, 'owner.pid'), 'utf8')).pid

async function startAndStop() {
  const product = launch('npm', ['start'], {
    cwd: clone,
    env: { ...process.env, PORT: String(port), MAHAKAM_DATA_DIR: data },
  })
  try {
    const tookMs = await product.sees(/^Mahakam siap: http:\/\/127\.0\.0\.1:\d+$/m)
    for (const path of ['/healthz', '/readyz', '/sign-in']) await expectStatus(address + path, 200)
    const code = await product.stop(productPid())
    expect(code === 0, `stopped with ${code}, not 0`)
    expect(product.text().match(/^Mahakam siap:/gm)?.length === 1, 'the ready line did not come exactly once')
    return tookMs
  } finally {
    await product.stop()
  }
}

try {
  execFileSync('git', ['clone', '--quiet', '--no-hardlinks', root, clone], { stdio: 'inherit' })
  console.log(`first start ready after ${await startAndStop()} ms`)
  const secondMs = await startAndStop()
  console.log(`second start ready after ${secondMs} ms`)
  expect(secondMs <= SECOND_START_LIMIT_MS, `the second start took longer than ${SECOND_START_LIMIT_MS} ms`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
