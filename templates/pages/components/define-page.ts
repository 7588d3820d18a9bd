import type { JSX } from 'preact'
import { renderToString } from 'preact-render-to-string'
import type { Chrome, Models, Page } from '../../../src/http/index.ts'

/**
 * Declares a page; the file's default export. `render` draws the whole document as JSX, the page returns it as text.
 * @returns a page that http can send without knowing how it is drawn
 */
export function definePage<Name extends keyof Models>(definition: {
  name: Name
  render(model: Models[Name], chrome: Chrome): JSX.Element
}): Page<Name> {
  const { name, render } = definition
  return { name, render: (model, chrome) => `<!doctype html>${renderToString(render(model, chrome))}` }
}
