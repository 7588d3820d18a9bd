import { existsSync } from 'node:fs'
import { expect } from 'chai'
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core'

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } as const
const DESKTOP = { viewport: { width: 1280, height: 900 } } as const

/**
 * Skips the suite with a warning when there is no browser, or fails when everything was promised
 * (`REQUIRE_SERVICES=1`). Call it in a `before` hook.
 */
export function needBrowser(context: Mocha.Context): void {
  if (existsSync(executablePath)) return
  const text = `no Chromium at ${executablePath}: set CHROMIUM_PATH`
  if (process.env.REQUIRE_SERVICES === '1') throw new Error(text)
  console.warn(`SKIPPED ${context.test?.parent?.title ?? ''}: ${text}`)
  context.skip()
}

/** English as the browser's own language: the office's pages are Indonesian all the same. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath, args: ['--no-sandbox', '--lang=en-US'] })

/** Somebody of the office at a machine of their own, signed in with one tap. */
export class Person {
  readonly page: Page
  /** Faults that the browser saw: scripts that failed, things the page's policy refused. */
  readonly faults: string[] = []

  private constructor(page: Page) {
    this.page = page
    page.on('pageerror', (error) => this.faults.push(error.message))
    page.on('console', (message) => {
      // A refusal is an answer like any other; Chromium tells its status as an error.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
        this.faults.push(message.text())
      }
    })
  }

  static async at(
    browser: Browser,
    base: string,
    id: string,
    options: BrowserContextOptions & { phone?: boolean } = {},
  ): Promise<Person> {
    const { phone = false, ...more } = options
    const context = await browser.newContext({
      baseURL: base,
      reducedMotion: 'reduce',
      ...(phone ? PHONE : DESKTOP),
      ...more,
    })
    const person = new Person(await context.newPage())
    await person.page.goto('/')
    await person.page.locator(`button[name=persona][value="${id}"]`).click()
    await person.page.waitForURL((url) => url.pathname === '/')
    return person
  }

  /** From the desk to the letter whose line says `subject`. */
  async openFromTray(subject: string): Promise<void> {
    await this.page.goto('/')
    await this.page.locator('.tray-item a', { hasText: subject }).first().click()
    await this.page.waitForURL(/\/instances\//)
  }

  /** The form of an event, unfolded. */
  async form(type: string, within = ''): Promise<Locator> {
    const form = this.page.locator(`form[action^="/instances/${within}"][action$="/events/${type}"]`).first()
    const fold = this.page.locator('details.fold').filter({ has: form })
    if ((await fold.count()) > 0 && !(await form.isVisible())) await fold.locator('summary').first().click()
    return form
  }

  /** Fills what is given, sends the form and waits for the next page. */
  async send(type: string, fields: Record<string, string> = {}, within = ''): Promise<void> {
    const form = await this.form(type, within)
    for (const [name, text] of Object.entries(fields)) await form.locator(`[name="${name}"]`).fill(text)
    await this.submit(form)
  }

  async submit(form: Locator): Promise<void> {
    const answered = this.page.waitForEvent('load')
    await form.locator('button[type=submit]').click()
    await answered
  }

  /** Ticks a chip; the box itself is drawn by its label. */
  async tick(form: Locator, name: string, value: string): Promise<void> {
    await form.locator(`input[name="${name}"][value="${value}"]`).check({ force: true })
  }

  text(selector = 'main'): Promise<string> {
    return this.page.locator(selector).first().innerText()
  }

  /** How far the page is wider than its window, in px. */
  spill(): Promise<number> {
    return this.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  }

  async leave(): Promise<void> {
    expect(this.faults, this.page.url()).to.deep.equal([])
    await this.page.context().close()
  }
}
