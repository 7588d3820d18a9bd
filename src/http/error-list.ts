import { Router } from 'express'
import { errorsEn } from './labels/errors.en.ts'
import { type ErrorCode, type ErrorWords, errorsId } from './labels/errors.id.ts'
import { languageOf } from './language.ts'
import type { Language } from './views/index.ts'

const TABLES: Record<Language, Record<ErrorCode, ErrorWords>> = { id: errorsId, en: errorsEn }
const TITLES: Record<Language, string> = { id: 'Daftar kode penolakan', en: 'Codes of refusals' }

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

function documentIn(language: Language): string {
  const sections = Object.entries(TABLES[language]).map(
    ([code, { title, detail }]) =>
      `<section id="${code}"><h2><code>${code}</code></h2><p><strong>${escaped(title)}.</strong> ${escaped(detail)}</p></section>`,
  )
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${TITLES[language]}</title>`
  return `<!doctype html><html lang="${language}"><head>${head}</head><body><main><h1>${TITLES[language]}</h1>${sections.join('')}</main></body></html>`
}

/** GET `/docs/errors`: where the `type` of every problem document leads, one section per code. */
export function errorList(): Router {
  const router = Router()
  const documents: Record<Language, string> = { id: documentIn('id'), en: documentIn('en') }
  router.get('/docs/errors', (request, response) => {
    response.set('Cache-Control', 'public, max-age=300').vary('Accept-Language')
    response.type('html').send(documents[languageOf(request, response)])
  })
  return router
}
