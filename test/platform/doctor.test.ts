import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { type DoctorReport, loadConfig, runDoctor } from '../../src/platform/index.ts'
import { needServices } from '../support/services.ts'

const checkOf = (report: DoctorReport, name: string) => report.checks.find((check) => check.name === name)

describe('doctor', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mahakam-doctor-'))
  const env = { MAHAKAM_DATA_DIR: folder, MAHAKAM_BINARY_DIR: process.env.MAHAKAM_BINARY_DIR }
  after(() => rmSync(folder, { recursive: true, force: true }))

  it('finds the configured servers fit for use', async function () {
    needServices(this, 'MONGODB_URI', 'REDIS_URL')
    const { MONGODB_URI, REDIS_URL } = process.env
    const report = await runDoctor(loadConfig({ ...env, MONGODB_URI, REDIS_URL }))
    expect(report.ok, JSON.stringify(report)).to.equal(true)
    expect(checkOf(report, 'mongodb')?.detail).to.match(/^MongoDB \d+\.\d+\.\d+, replica set \S+/)
    expect(checkOf(report, 'redis')?.detail).to.match(/^(redis|valkey) \d+\.\d+\.\d+, noeviction$/)
  })

  it('says which server does not answer, and that the rest is well', async function () {
    this.timeout(15_000)
    const addresses = { MONGODB_URI: 'mongodb://127.0.0.1:1/none', REDIS_URL: 'redis://127.0.0.1:1' }
    const report = await runDoctor(loadConfig({ ...env, ...addresses }))
    expect(report.ok).to.equal(false)
    const broken = report.checks.filter((check) => !check.ok).map((check) => check.name)
    expect(broken).to.deep.equal(['mongodb', 'redis'])
    expect(checkOf(report, 'mongodb')?.detail).to.include('MONGODB_URI')
  })

  it('tells where servers would come from when nothing is configured, and starts none', async () => {
    const report = await runDoctor(loadConfig(env))
    for (const name of ['mongodb', 'redis']) expect(checkOf(report, name)?.detail).to.be.a('string').and.not.empty
    expect(readdirSync(folder)).to.deep.equal(['secret'])
  })
})
