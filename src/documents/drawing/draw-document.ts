import { unprocessable } from '../../platform/index.ts'
import { Canvas } from './canvas.ts'
import type { DrawingFacts, Layout } from './layout.ts'
import { assemblePdfA } from './pdfa.ts'

export interface Drawing {
  bytes: Buffer
  pages: number
}

/** Checks data against the layout's schema. @throws AppError document.invalid-data */
export function checkData(layout: Layout, data: unknown): unknown {
  const parsed = layout.schema.safeParse(data)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.slice(0, 20).map(({ path, message }) => ({ path: path.join('.'), message }))
  throw unprocessable('document.invalid-data', `data does not fit layout ${layout.id}`, { details: { problems } })
}

/**
 * Draws a letter as PDF/A-2b. Same layout, data and facts, same bytes.
 * @throws AppError document.invalid-data
 */
export async function drawDocument(layout: Layout, data: unknown, facts: DrawingFacts): Promise<Drawing> {
  const checked = checkData(layout, data) as never
  const canvas = new Canvas(typeof layout.paper === 'function' ? layout.paper(checked) : layout.paper)
  layout.draw(canvas, checked, facts)
  return { bytes: await assemblePdfA(canvas, { ...facts, author: layout.author(checked) }), pages: canvas.pageCount }
}
