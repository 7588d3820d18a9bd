import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import { createRequire } from 'node:module'
import { expect } from 'chai'
import { type Browser, chromium } from 'playwright-core'
import { states } from './fixtures.ts'
import { serveStates } from './render.ts'

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

interface Violation {
  id: string
  nodes: { html: string; failureSummary: string }[]
}

const looks = [
  { width: 360, colorScheme: 'light' },
  { width: 1440, colorScheme: 'dark' },
] as const

describe('pages in a browser', function () {
  this.timeout(120_000)
  let browser: Browser
  let served: { server: Server; base: string }

  before(async function () {
    if (!existsSync(executablePath) && !process.env.REQUIRE_SERVICES) {
      console.warn(`      SKIPPED: no Chromium at ${executablePath} (set CHROMIUM_PATH)`)
      return this.skip()
    }
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    served = await serveStates()
  })

  after(async () => {
    await browser?.close()
    served?.server.close()
  })

  for (const { width, colorScheme } of looks) {
    it(`can be used by everybody, and fits ${width} px, ${colorScheme}`, async () => {
      const axe = await readFile(axePath, 'utf8')
      const page = await browser.newPage({
        viewport: { width, height: 900 },
        colorScheme,
        bypassCSP: true,
        reducedMotion: 'reduce',
      })
      const found: string[] = []
      for (const { page: name, state } of states) {
        await page.goto(`${served.base}/${name}/${state}`)
        await page.evaluate(() => {
          for (const details of document.querySelectorAll('details')) details.open = true
        })
        await page.evaluate(axe)
        const { violations, spill } = await page.evaluate(async () => {
          const run = (globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }).axe
          return { violations: (await run.run()).violations, spill: document.documentElement.scrollWidth - innerWidth }
        })
        for (const { id, nodes } of violations) {
          found.push(
            `${name}/${state}: ${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join('; ')}`,
          )
        }
        if (spill > 0) found.push(`${name}/${state}: ${spill} px too wide`)
      }
      await page.close()
      expect(found).to.deep.equal([])
    })
  }

  it('keeps to a policy without inline styles and scripts', async () => {
    const page = await browser.newPage()
    const refused: string[] = []
    page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) refused.push(message.text())
    })
    for (const { page: name, state } of states) await page.goto(`${served.base}/${name}/${state}`)
    await page.close()
    expect(refused).to.deep.equal([])
  })

  it('draws rivers whose labels stay clear of each other', async () => {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    const found: string[] = []
    for (const { page: name, state } of states.filter((each) => each.page === 'letter')) {
      await page.goto(`${served.base}/${name}/${state}`)
      const labels = await page.evaluate(() =>
        [...document.querySelectorAll('.river-across .river-label')].map((label) => {
          const { left, right, top, bottom } = label.getBoundingClientRect()
          return { text: label.textContent ?? '', left, right, top, bottom }
        }),
      )
      const clashes = labels.flatMap((one, index) =>
        labels
          .slice(index + 1)
          .filter((b) => one.left < b.right && b.left < one.right && one.top < b.bottom && b.top < one.bottom)
          .map((other) => `${one.text} / ${other.text}`),
      )
      found.push(...clashes.map((clash) => `${state}: ${clash}`))
    }
    await page.close()
    expect(found).to.deep.equal([])
  })

  it('sends a first view of at most 100 KB', async () => {
    const page = await browser.newPage()
    const sizes = new Map<string, number>()
    page.on('response', async (response) => sizes.set(response.url(), (await response.body()).length))
    await page.goto(`${served.base}/letter/direction`, { waitUntil: 'networkidle' })
    const total = [...sizes.values()].reduce((sum, size) => sum + size, 0)
    await page.close()
    expect(sizes.size).to.be.greaterThan(4)
    expect(total).to.be.lessThan(100_000)
  })

  it('moves on with Enter while a letter is registered', async () => {
    const page = await browser.newPage()
    await page.goto(`${served.base}/register/new`)
    const focused = () => page.evaluate(() => (document.activeElement as HTMLInputElement).name)
    expect(await focused()).to.equal('sender')
    const walked: string[] = []
    for (let step = 0; step < 4; step += 1) {
      await page.keyboard.press('Enter')
      walked.push(await focused())
    }
    await page.close()
    expect(walked).to.deep.equal(['letterNumber', 'letterDate', 'subject', 'urgency'])
  })
})
