import type { DocumentVersion } from '../../documents/index.ts'
import type { AuditEntry, Instance } from '../../engine/index.ts'
import type { Parts } from '../parts.ts'
import type { DocumentView, PageImage } from '../views/index.ts'
import type { Tree } from './holders.ts'

/** Pages of a paper that are shown in line; the rest is in the original. */
const PAGES_SHOWN = 20
const PREVIEW_WIDTH = 960
/** A4 upright; the picture's own size takes over once it is there. */
const PREVIEW_HEIGHT = 1358
const FILES_MAX = 60

const picturesOf = (id: string, pages: number | null): PageImage[] =>
  Array.from({ length: Math.min(pages ?? 0, PAGES_SHOWN) }, (_, index) => ({
    src: `/files/${id}/pages/${index + 1}?w=${PREVIEW_WIDTH}`,
    width: PREVIEW_WIDTH,
    height: PREVIEW_HEIGHT,
  }))

async function fileView({ documents }: Pick<Parts, 'documents'>, id: string, kind: DocumentView['kind'], at: Date) {
  const file = await documents.files.get(id).catch(() => null)
  if (!file) return []
  const view: DocumentView = {
    id,
    kind,
    name: file.name,
    href: `/files/${id}`,
    mediaType: file.mediaType,
    bytes: file.bytes,
    pages: kind === 'letter' ? picturesOf(id, file.pages) : [],
    pageCount: file.pages ?? 0,
    addedAt: at,
    version: 1,
  }
  return [view]
}

const sheetView = ({ fileId, title, bytes, pages, at, version }: DocumentVersion): DocumentView => ({
  id: fileId,
  kind: 'sheet',
  name: title,
  href: `/files/${fileId}`,
  mediaType: 'application/pdf',
  bytes,
  pages: [],
  pageCount: pages,
  addedAt: at,
  version,
})

const filesIn = (holder: unknown): string[] => {
  const files = holder && typeof holder === 'object' ? (holder as { files?: unknown }).files : null
  return Array.isArray(files) ? files.filter((each) => typeof each === 'string') : []
}

const proofsOf = (entries: readonly AuditEntry[]): { id: string; at: Date }[] =>
  entries
    .filter(({ kind, by }) => kind === 'event' && by !== null)
    .flatMap(({ data, at }) => filesIn(data).map((id) => ({ id, at })))

/** All papers of a tree: the letter with its attachments, what people brought as proof, what the office drew. */
export async function papersOf(parts: Pick<Parts, 'documents'>, tree: Tree): Promise<DocumentView[]> {
  const { root, all, audits } = tree
  const came = filesIn(root.context)
  const letter = came.map((id, index) => fileView(parts, id, index === 0 ? 'letter' : 'attachment', root.startedAt))
  const proofs = all
    .flatMap((instance) => proofsOf(audits.get(instance._id) ?? []))
    .filter(({ id }) => !came.includes(id))
    .map(({ id, at }) => fileView(parts, id, 'report', at))
  const sheets = parts.documents.ofRoot(root._id).then((drawn) => drawn.map(sheetView))
  return (await Promise.all([...letter, ...proofs.slice(0, FILES_MAX), sheets])).flat()
}

const isDrawing = ({ invocations }: Instance): boolean => invocations.some(({ src }) => src === 'renderDocument')

export const sheetUnderWay = ({ all }: Tree): boolean => all.some(isDrawing)
