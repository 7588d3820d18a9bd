import { notFound, unprocessable } from '../../platform/index.ts'
import type { Bench } from '../intake/bench.ts'
import { previewBitmap, previewImage } from '../intake/image.ts'
import { DOCX } from '../intake/kind.ts'
import type { Blobs } from './blobs.ts'
import type { FileRecord, Models } from './models.ts'

export interface Preview {
  bytes: Buffer
  mediaType: 'image/webp'
}

/** Widths that are drawn, px; others are raised to the next of them. */
export const PREVIEW_WIDTHS = [480, 960, 1440] as const
/** Drawings at one time; more wait in line. */
const DRAWN_AT_ONCE = 2

/** Pages of files made small for phones and bad lines; kept by content, page and width. */
export function createPreviews(parts: { previews: Models['previews']; blobs: Blobs; bench: Bench }) {
  const { previews, blobs, bench } = parts
  const underWay = new Map<string, Promise<Buffer>>()
  let turns: Promise<unknown>[] = Array.from({ length: DRAWN_AT_ONCE }, () => Promise.resolve())

  async function render({ sha256, mediaType }: FileRecord, page: number, width: number): Promise<Buffer> {
    const bytes = await blobs.read(sha256)
    if (mediaType !== 'application/pdf') return await previewImage(bytes, page, width)
    return await previewBitmap(await bench.render(bytes, page, width))
  }

  /** Lines up behind the drawing that was started `DRAWN_AT_ONCE` before. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const [first = Promise.resolve(), ...rest] = turns
    const mine = first.then(work, work)
    turns = [...rest, mine.catch(() => undefined)]
    return mine
  }

  async function make(key: string, file: FileRecord, page: number, width: number): Promise<Buffer> {
    const webp = await inTurn(() => render(file, page, width))
    await previews.updateOne({ _id: key }, { $setOnInsert: { webp, at: new Date() } }, { upsert: true })
    return webp
  }

  return {
    /** @throws AppError file.no-preview, file.no-such-page */
    async draw(file: FileRecord, page: number, wantedWidth: number): Promise<Preview> {
      checkPage(file, page)
      const width = PREVIEW_WIDTHS.find((step) => step >= wantedWidth) ?? PREVIEW_WIDTHS[2]
      const key = `${file.sha256}/${page}/${width}`
      const kept = await previews.findById(key).lean<{ webp: { buffer: Uint8Array } }>()
      if (kept) return { bytes: Buffer.from(kept.webp.buffer), mediaType: 'image/webp' }
      const drawing = underWay.get(key) ?? make(key, file, page, width).finally(() => underWay.delete(key))
      underWay.set(key, drawing)
      return { bytes: await drawing, mediaType: 'image/webp' }
    },
  }
}

function checkPage({ mediaType, pages }: FileRecord, page: number): void {
  if (mediaType === DOCX) throw unprocessable('file.no-preview', 'a DOCX is shown by opening it, it has no preview')
  if (!Number.isInteger(page) || page < 1 || page > (pages ?? 1)) {
    throw notFound('file.no-such-page', 'the file has no such page', { details: { page, pages } })
  }
}
