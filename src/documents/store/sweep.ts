import type { Blobs } from './blobs.ts'
import type { Models } from './models.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** A file that nobody attached in this time was given up. */
const UNATTACHED_KEPT_MS = 7 * DAY_MS
/** No upload takes that long between its bytes and its record. */
const SETTLED_MS = HOUR_MS
/** How far back a sweep looks for what a crash left; it runs many times within that span. */
const WINDOW_MS = 8 * DAY_MS
const BATCH = 200

export interface Swept {
  files: number
  contents: number
  unfinished: number
}

/**
 * Removes uploads that were never attached and bytes that no record names. Safe beside running uploads and other
 * sweeps; one call removes a bounded number.
 */
export async function sweepFiles({ files }: Models, blobs: Blobs, now: Date): Promise<Swept> {
  const before = (ms: number) => new Date(now.getTime() - ms)
  const abandoned = { 'attachments.0': { $exists: false }, at: { $lt: before(UNATTACHED_KEPT_MS) } }
  const swept: Swept = { files: 0, contents: 0, unfinished: 0 }
  const suspects = new Set<string>()
  for (const { _id, sha256 } of await files.find(abandoned).limit(BATCH).lean<{ _id: string; sha256: string }[]>()) {
    // Asked again in the same breath: it may have been attached since.
    const { deletedCount } = await files.deleteOne({ _id, ...abandoned })
    swept.files += deletedCount
    suspects.add(sha256)
  }
  for (const sha256 of await blobs.touchedBetween(before(WINDOW_MS), before(SETTLED_MS), BATCH * 5))
    suspects.add(sha256)
  const named = new Set(await files.distinct('sha256', { sha256: { $in: [...suspects] } }))
  for (const sha256 of suspects) {
    if (!named.has(sha256) && (await blobs.remove(sha256, before(SETTLED_MS)))) swept.contents++
  }
  swept.unfinished = await blobs.removeUnfinished(before(WINDOW_MS), before(SETTLED_MS), BATCH)
  return swept
}
