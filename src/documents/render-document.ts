import { z } from 'zod'
import { type ActivityDefinition, defineActivity } from '../engine/index.ts'
import { unprocessable } from '../platform/index.ts'
import { checkData } from './drawing/draw-document.ts'
import type { Layout } from './drawing/layout.ts'
import type { DocumentVersion, DrawingOrder } from './store/versions.ts'

/** What a workflow asks for: which layout, with what, as the next version of which series of the letter. */
export const renderDocumentInput = z.object({
  layout: z.string().min(1).max(100),
  data: z.record(z.string(), z.unknown()),
  series: z.string().min(1).max(200),
  title: z.string().min(1).max(500),
})
export type RenderDocumentInput = z.output<typeof renderDocumentInput>

export const renderDocumentOutput = z.object({
  documentId: z.string(),
  fileId: z.string(),
  sha256: z.string(),
  version: z.number().int(),
  pages: z.number().int(),
})
export type RenderDocumentOutput = z.output<typeof renderDocumentOutput>

const ATTEMPTS = 5
const TIMEOUT_MS = 60_000

/** The activity `renderDocument`. @throws AppError document.unknown-layout, document.invalid-data, document.too-long */
export function renderDocumentActivity(
  layouts: Readonly<Record<string, Layout>>,
  draw: (order: DrawingOrder) => Promise<DocumentVersion>,
): ActivityDefinition {
  return defineActivity({
    name: 'renderDocument',
    input: renderDocumentInput,
    output: renderDocumentOutput,
    attempts: ATTEMPTS,
    timeoutMs: TIMEOUT_MS,
    async run({ layout: id, data, series, title }, { messageId, rootId, instanceId, unit, now }) {
      const layout = Object.hasOwn(layouts, id) ? layouts[id] : undefined
      if (!layout) throw unprocessable('document.unknown-layout', `no layout ${id}`, { details: { layout: id } })
      // Before a version is reserved: data that does not fit must not leave a gap in the versions.
      checkData(layout, data)
      const done = await draw({ layout, data, series, title, messageId, root: rootId, instance: instanceId, unit, now })
      const { _id: documentId, fileId, sha256, version, pages } = done
      return { documentId, fileId, sha256, version, pages }
    },
  })
}
