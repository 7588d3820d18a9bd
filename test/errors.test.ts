import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { errorsEn } from '../src/http/labels/errors.en.ts'
import { errorsId } from '../src/http/labels/errors.id.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const KINDS = 'invalidInput|unauthenticated|forbidden|notFound|conflict|unprocessable|tooLarge|tooMany|unavailable'
const CODE = `'([a-z][a-z0-9-]*(?:\\.[a-z0-9-]+)+|internal)'`
/** Where a code is written down: a factory of platform/errors, `new AppError`, a table of kinds and codes. */
const MADE = [
  new RegExp(`\\b(?:${KINDS})\\(\\s*${CODE}`, 'g'),
  new RegExp(`new AppError\\(\\s*'[a-z-]+',\\s*${CODE}`, 'g'),
  new RegExp(`\\['[a-z]+(?:-[a-z]+)*',\\s*${CODE}\\]`, 'g'),
  new RegExp(`\\bwrap\\(\\s*'[a-z-]+',\\s*${CODE}`, 'g'),
  new RegExp(`INTERNAL = ${CODE}`, 'g'),
  new RegExp(`\\bdocxCodes = \\{ broken: 'file.broken', 'archive-bomb': ${CODE}`, 'g'),
]
/** A workflow's own explanations bring their words along. */
const EXPLAINED = /\bcode:\s*'([a-z-]+\.[a-z.-]+)'/g

const sources = (folder: string) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ts$/.test(name))
    .map((name) => readFileSync(join(ROOT, folder, name), 'utf8'))

const codesIn = (texts: string[], patterns: RegExp[]) =>
  new Set(
    texts.flatMap((text) => patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, code]) => code ?? ''))),
  )

const made = codesIn([...sources('src'), ...sources('workflows')], MADE)
const explained = codesIn(sources('workflows'), [EXPLAINED])
const documented = readFileSync(join(ROOT, 'docs/errors.md'), 'utf8')
  .split(/^## /m)
  .slice(1)
  .map((section) => ({ code: section.split('\n')[0] ?? '', section }))

const sorted = (codes: Iterable<string>) => [...new Set(codes)].sort()

describe('error list', () => {
  it('finds the codes in the code', () => {
    expect(made.size).to.be.greaterThan(50)
    expect(made).to.include.keys('instance.stale', 'internal', 'request.malformed', 'activity.timeout')
  })

  it('describes every code once, and none that does not exist', () => {
    expect(documented.map(({ code }) => code)).to.deep.equal(sorted([...made, ...explained]))
  })

  it('says of each, in both languages, what it means and what to do', () => {
    for (const { code, section } of documented) {
      expect(section, code).to.match(/^- \*\*Indonesia:\*\* \S.{20,}$/m)
      expect(section, code).to.match(/^- \*\*English:\*\* \S.{20,}$/m)
      expect(section, code).to.match(/^(HTTP \d{3}|At start or in a job)/m)
    }
  })

  it('has words for every code in both languages', () => {
    const worded = sorted(Object.keys(errorsId))
    expect(sorted(Object.keys(errorsEn))).to.deep.equal(worded)
    expect(worded.filter((code) => !explained.has(code))).to.deep.equal(sorted(made))
  })
})
