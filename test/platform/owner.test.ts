import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { claimOwnership, findOwner } from '../../src/platform/embedded/owner.ts'
import { isPortFree, keepOrFindPort } from '../../src/platform/embedded/ports.ts'

describe('owner of a data directory', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mahakam-owner-'))
  after(() => rmSync(folder, { recursive: true, force: true }))

  it('is one living process, named to the next one', () => {
    const release = claimOwnership(folder)
    expect(findOwner(folder)?.pid).to.equal(process.pid)
    expect(() => claimOwnership(folder))
      .to.throw()
      .with.nested.property('details.pid', process.pid)
    release()
    expect(findOwner(folder)).to.equal(null)
  })

  it('is replaced when it died without giving up', async () => {
    const child = spawn(process.execPath, ['-e', ''])
    await new Promise((resolve) => child.once('exit', resolve))
    const dead = { pid: child.pid, birth: null, since: '2026-01-01T00:00:00.000Z' }
    writeFileSync(join(folder, 'owner.pid'), JSON.stringify(dead))
    const release = claimOwnership(folder)
    expect(JSON.parse(readFileSync(join(folder, 'owner.pid'), 'utf8')).pid).to.equal(process.pid)
    release()
  })

  it('is not mistaken for a stranger who got the same number later', function () {
    if (process.platform !== 'linux') return this.skip()
    const earlier = { pid: process.pid, birth: 'another-boot:1', since: '2026-01-01T00:00:00.000Z' }
    writeFileSync(join(folder, 'owner.pid'), JSON.stringify(earlier))
    expect(findOwner(folder)).to.equal(null)
    claimOwnership(folder)()
  })
})

describe('port', () => {
  it('of last time is kept while free and replaced when taken', async () => {
    const squatter = createServer()
    await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve))
    const address = squatter.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const other = await keepOrFindPort(port)
    expect(other).to.not.equal(port)
    await new Promise((resolve) => squatter.close(resolve))
    expect(await isPortFree(port)).to.equal(true)
    expect(await keepOrFindPort(port)).to.equal(port)
  })
})
