import type { Chrome } from '../../../src/http/index.ts'
import type { Stretch } from '../../../src/timing/index.ts'
import { type Labels, word } from '../labels/index.ts'
import type { Reach } from '../river/reaches.ts'
import { nearMoment, span, spanShort } from './format.ts'

/** What a stretch is called aloud: holder, step, how long, and whether it is late. */
export function stretchName(stretch: Stretch, holder: string, labels: Labels, chrome: Chrome): string {
  const { river } = labels
  const parts = [
    river.stretch(holder, word(stretch.title, chrome.language), river[stretch.kind], span(stretch.workingMs, labels)),
  ]
  if (stretch.to === null) parts.push(river.running)
  const over = stretch.workingMs - (stretch.allowedWorkingMs ?? 0)
  if (stretch.late) parts.push(over > 0 ? river.lateBy(span(over, labels)) : river.late)
  parts.push(nearMoment(stretch.from, chrome, labels))
  return parts.join(', ')
}

/** `menunggu 1 j 50 mnt · dikerjakan 5 mnt`, as the second line of a label. */
export const reachSpans = (reach: Reach, labels: Labels): string => reachSpanLines(reach, labels).join(' · ')

/** The same, one line for each kind. */
export function reachSpanLines(reach: Reach, labels: Labels): string[] {
  const { river } = labels
  const said = [
    reach.waitingMs > 0 || reach.unseen ? `${river.waiting.toLowerCase()} ${spanShort(reach.waitingMs, labels)}` : null,
    reach.actingMs > 0 ? `${river.acting.toLowerCase()} ${spanShort(reach.actingMs, labels)}` : null,
    reach.machineMs > 0 && reach.actingMs + reach.waitingMs === 0 ? spanShort(reach.machineMs, labels) : null,
  ]
  return said.filter((line) => line !== null)
}

/** At most two lines of at most `characters`, broken between words. */
export function wrap(text: string, characters: number): string[] {
  if (text.length <= characters) return [text]
  const space = text.lastIndexOf(' ', characters)
  if (space <= 0) return [shorten(text, characters)]
  return [text.slice(0, space), shorten(text.slice(space + 1), characters)]
}

/** Longest text that fits, with an ellipsis where it was cut. */
export const shorten = (text: string, characters: number): string =>
  text.length <= characters ? text : `${text.slice(0, Math.max(1, characters - 1)).trimEnd()}…`
