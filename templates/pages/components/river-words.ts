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

/** How offices shorten their own ranks; used where a name has little room. */
const RANKS: readonly [RegExp, string][] = [
  [/^(Pl[ht]\. )?Kepala Bidang /, '$1Kabid '],
  [/^(Pl[ht]\. )?Kepala Subbagian /, '$1Kasubbag '],
  [/^(Pl[ht]\. )?Kepala Bagian /, '$1Kabag '],
  [/^(Pl[ht]\. )?Kepala Seksi /, '$1Kasi '],
  [/^(Pl[ht]\. )?Kepala Dinas /, '$1Kadis '],
  [/^(Pl[ht]\. )?Kepala Badan /, '$1Kaban '],
  [/^(Pl[ht]\. )?Sekretaris Dinas /, '$1Sekdis '],
  [/^Staf (Bidang|Bagian|Seksi) /, 'Staf '],
]

const ranked = (title: string): string => RANKS.reduce((text, [rank, word]) => text.replace(rank, word), title)

/** A post in at most two lines of `letters`: whole where it fits, else with its rank shortened. */
export function postLines(title: string, letters: number): string[] {
  const whole = wrap(title, letters)
  return whole.some((line) => line.endsWith('…')) ? wrap(ranked(title), letters) : whole
}

/** A post in at most `letters`: whole where it fits, else with its rank shortened, else cut between words. */
export function shortPost(title: string, letters: number): string {
  if (title.length <= letters) return title
  const short = ranked(title)
  if (short.length <= letters) return short
  const cut = short.slice(0, letters - 1)
  const end = cut.search(/( dan)?\s+\S*$/)
  return `${end > letters / 2 ? cut.slice(0, end) : cut.trimEnd()} …`
}

/** At most two lines of at most `characters`, broken between words. */
function wrap(text: string, characters: number): string[] {
  if (text.length <= characters) return [text]
  const space = text.lastIndexOf(' ', characters)
  if (space <= 0) return [shorten(text, characters)]
  return [text.slice(0, space), shorten(text.slice(space + 1), characters)]
}

/** Longest text that fits, with an ellipsis where it was cut. */
const shorten = (text: string, characters: number): string =>
  text.length <= characters ? text : `${text.slice(0, Math.max(1, characters - 1)).trimEnd()}…`
