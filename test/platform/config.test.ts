import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { AppError, configNames, loadConfig } from '../../src/platform/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'mahakam-config-'))
const trial = { MAHAKAM_DATA_DIR: folder }
const production = {
  MAHAKAM_DATA_DIR: folder,
  MAHAKAM_MODE: 'production',
  MONGODB_URI: 'mongodb://db.example/mahakam',
  REDIS_URL: 'redis://cache.example',
  MAHAKAM_SECRET: 'x'.repeat(32),
  MAHAKAM_BASE_URL: 'https://surat.example.go.id/',
}

function refusalOf(env: NodeJS.ProcessEnv): AppError {
  try {
    loadConfig(env)
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('the configuration was accepted')
}

describe('configuration', () => {
  after(() => rmSync(folder, { recursive: true, force: true }))

  it('needs nothing for the trial, which listens on this machine alone', () => {
    const config = loadConfig({ ...trial, HOST: '0.0.0.0', PORT: '' })
    expect(config).to.include({ mode: 'trial', role: 'all', port: 3000, host: '127.0.0.1' })
    expect(config.baseUrl).to.equal('http://127.0.0.1:3000')
    expect(Object.isFrozen(config)).to.equal(true)
  })

  it('keeps the trial secret from one start to the next', () => {
    const { secret } = loadConfig(trial)
    expect(secret).to.have.length.of.at.least(32)
    expect(loadConfig(trial).secret).to.equal(secret)
  })

  it('names everything that production lacks at once', () => {
    const { code, details, message } = refusalOf({ ...trial, MAHAKAM_MODE: 'production', PORT: 'abc' })
    expect(code).to.equal('config.invalid')
    const missing = ['MONGODB_URI', 'REDIS_URL', 'MAHAKAM_BASE_URL', 'MAHAKAM_SECRET']
    expect(details.names).to.have.members(['PORT', ...missing])
    for (const name of missing) expect(message).to.include(name)
  })

  it('accepts a complete production and takes the slash off the base address', () => {
    const config = loadConfig(production)
    expect(config).to.include({ mode: 'production', host: '0.0.0.0', baseUrl: 'https://surat.example.go.id' })
  })

  it('refuses a short secret and a base address without https', () => {
    const env = { ...production, MAHAKAM_SECRET: 'short', MAHAKAM_BASE_URL: 'http://surat.example.go.id' }
    expect(refusalOf(env).details.names).to.have.members(['MAHAKAM_SECRET', 'MAHAKAM_BASE_URL'])
  })

  it('reads the secret from a file, and refuses a file that is not there', () => {
    const file = join(folder, 'given-secret')
    writeFileSync(file, `${'y'.repeat(40)}\n`)
    const { MAHAKAM_SECRET: _, ...rest } = production
    expect(loadConfig({ ...rest, MAHAKAM_SECRET_FILE: file }).secret).to.equal('y'.repeat(40))
    const { details } = refusalOf({ ...rest, MAHAKAM_SECRET_FILE: join(folder, 'nowhere') })
    expect(details.names).to.deep.equal(['MAHAKAM_SECRET_FILE'])
  })

  it('refuses a misspelt name and says which one was meant', () => {
    expect(refusalOf({ ...trial, MAHAKAM_DATADIR: '/x' }).message).to.include('did you mean MAHAKAM_DATA_DIR?')
  })

  it('refuses a lone role that has no servers', () => {
    const { details } = refusalOf({ ...trial, MAHAKAM_ROLE: 'worker' })
    expect(details.names).to.have.members(['MONGODB_URI', 'REDIS_URL'])
  })

  it('is explained name by name in the example file, which names nothing else', () => {
    const example = readFileSync('.env.example', 'utf8')
    const named = [...example.matchAll(/^#?([A-Z][A-Z_]+)=|\b(MAHAKAM_[A-Z_]+)\b/gm)].map(
      (match) => match[1] ?? match[2],
    )
    expect([...new Set(named)].toSorted()).to.deep.equal([...configNames].toSorted())
  })
})
