import sharp, { type Sharp } from 'sharp'
import { AppError, unprocessable } from '../../platform/index.ts'

/** A3 at 600 dpi is 70 million; more is no letter. */
export const PIXELS_MAX = 100_000_000
/** Over all pages of a TIFF. */
const PIXELS_TOTAL_MAX = 1_500_000_000
const SECONDS_MAX = 20
/** Any size does that makes every pixel be read; small keeps memory low. */
const PROBE_PX = 64

const open = (bytes: Buffer, page?: number): Sharp =>
  sharp(bytes, {
    limitInputPixels: PIXELS_MAX,
    // Truncated data is an error, unknown tags of a scanner are not.
    failOn: 'error',
    sequentialRead: true,
    ...(page === undefined ? {} : { page }),
  }).timeout({ seconds: SECONDS_MAX })

/**
 * Decodes every page of an image.
 * @returns the number of pages
 * @throws AppError file.broken, file.too-big-image, file.too-many-pages
 */
export async function inspectImage(bytes: Buffer, pagesMax: number): Promise<number> {
  try {
    const { width, height, pages = 1 } = await open(bytes).metadata()
    if (pages > pagesMax) throw tooManyPages(pages, pagesMax)
    if (width * height > PIXELS_MAX || width * height * pages > PIXELS_TOTAL_MAX) throw tooBig(width, height)
    for (let page = 0; page < pages; page++) {
      await open(bytes, page).resize(PROBE_PX, PROBE_PX, { fit: 'inside' }).toBuffer()
    }
    return pages
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    if (cause instanceof Error && /pixel limit/i.test(cause.message)) throw tooBig(null, null)
    throw unprocessable('file.broken', 'the image cannot be read to its end', { cause })
  }
}

export const tooManyPages = (pages: number, pagesMax: number) =>
  unprocessable('file.too-many-pages', 'too many pages', { details: { pages, pagesMax } })

const tooBig = (width: number | null, height: number | null) =>
  unprocessable('file.too-big-image', 'too many pixels', { details: { width, height, pixelsMax: PIXELS_MAX } })

/** A page of an image as WebP, turned upright, at most `width` pixels wide and 3 widths high; `page` counts from 1. */
export async function previewImage(bytes: Buffer, page: number, width: number): Promise<Buffer> {
  const image = open(bytes, page - 1)
    .autoOrient()
    .resize({ width, height: width * 3, fit: 'inside', withoutEnlargement: true })
  return await toWebp(image)
}

/** RGBA pixels as WebP. */
export function previewBitmap({ pixels, width, height }: { pixels: Uint8Array; width: number; height: number }) {
  return toWebp(sharp(pixels, { raw: { width, height, channels: 4 } }))
}

const toWebp = (image: Sharp) => image.flatten({ background: '#fff' }).webp({ quality: 60, effort: 4 }).toBuffer()
