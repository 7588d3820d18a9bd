import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { discover } from '../../src/discover.ts'
import type { Language, Page } from '../../src/http/index.ts'
import { chrome, type State, states } from './fixtures.ts'

const pages = new Map((await discover<Page>('templates/pages')).map((page) => [page.name, page]))

/** A state of a page as the whole document that would be sent. */
export function renderState(state: State, language: Language = 'id'): string {
  const page = pages.get(state.page)
  if (!page) throw new Error(`no page ${state.page}`)
  return page.render(state.model, { ...chrome, ...state.chrome, language })
}

export const policy =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'self'; base-uri 'none'"

const types: Record<string, string> = {
  css: 'text/css',
  js: 'text/javascript',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
}

/** Serves every state under `/<page>/<state>?language=` with the policy of the product, on loopback. */
export async function serveStates(): Promise<{ server: Server; base: string }> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://loopback')
    const asset = /^\/assets\/test\/([\w.-]+)$/.exec(url.pathname)?.[1]
    if (asset) {
      readFile(new URL(`../../templates/pages/assets/${asset}`, import.meta.url)).then(
        (body) => response.setHeader('content-type', types[asset.split('.').at(-1) ?? ''] ?? '').end(body),
        () => response.writeHead(404).end(),
      )
      return
    }
    const [, page, name] = url.pathname.split('/')
    const state = states.find((candidate) => candidate.page === page && candidate.state === name)
    if (!state) return void response.writeHead(404).end()
    const language = url.searchParams.get('language') === 'en' ? 'en' : 'id'
    response.setHeader('content-type', 'text/html; charset=utf-8').setHeader('content-security-policy', policy)
    response.end(renderState(state, language))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, base: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}
