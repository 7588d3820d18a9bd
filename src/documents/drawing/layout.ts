import type { z } from 'zod'
import type { Canvas } from './canvas.ts'
import type { Paper } from './paper.ts'

/** What a layout may print about the drawing itself. */
export interface DrawingFacts {
  /** 1 for the first document of a series. */
  version: number
  at: Date
  title: string
}

/** How one kind of letter looks; a file in `templates/letters/`, discovered at start. */
export interface Layout {
  id: string
  schema: z.ZodType
  /** The sheet, or a choice by the data. */
  paper: Paper | ((data: never) => Paper)
  /** The office that issues the document, for the file's metadata. */
  author(data: never): string
  draw(canvas: Canvas, data: never, facts: DrawingFacts): void
}

/** Typed helper: `data` of `paper` and `draw` follows the schema. */
export function defineLayout<S extends z.ZodType>(layout: {
  id: string
  schema: S
  paper: Paper | ((data: z.output<S>) => Paper)
  author(data: z.output<S>): string
  draw(canvas: Canvas, data: z.output<S>, facts: DrawingFacts): void
}): Layout {
  return layout as unknown as Layout
}
