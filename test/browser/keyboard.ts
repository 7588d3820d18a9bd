import { expect } from 'chai'
import type { Page } from 'playwright-core'

const TABS_MAX = 30

/** Somebody who uses no mouse; counts the keys that steer rather than write. */
export class Keyboard {
  readonly #page: Page
  steering = 0

  constructor(page: Page) {
    this.#page = page
  }

  async press(key: string): Promise<void> {
    this.steering += 1
    await this.#page.keyboard.press(key)
  }

  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text)
  }

  /** Tabs on, or back where that is nearer, until `selector` has the focus. */
  async tabTo(selector: string): Promise<void> {
    const key = (await this.#isBehind(selector)) ? 'Shift+Tab' : 'Tab'
    for (let n = 0; n < TABS_MAX; n++) {
      if (await this.#page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return
      await this.press(key)
    }
    expect.fail(`${selector} is not reached within ${TABS_MAX} tab stops`)
  }

  async chooseFile(selector: string, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
    await this.tabTo(selector)
    const choosing = this.#page.waitForEvent('filechooser')
    await this.press('Space')
    await (await choosing).setFiles(file)
  }

  #isBehind(selector: string): Promise<boolean> {
    return this.#page.evaluate((wanted) => {
      const [from, to] = [document.activeElement, document.querySelector(wanted)]
      return from !== null && to !== null && (from.compareDocumentPosition(to) & Node.DOCUMENT_POSITION_PRECEDING) !== 0
    }, selector)
  }
}
