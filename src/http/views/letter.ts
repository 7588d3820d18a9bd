import type { Label } from '../../engine/index.ts'
import type { Journey } from '../../timing/index.ts'
import type { RefusalView } from './chrome.ts'
import type { DispositionForm, EventForm } from './form.ts'

export type Urgency = 'biasa' | 'segera' | 'sangat-segera'
export type Secrecy = 'biasa' | 'terbatas' | 'rahasia' | 'sangat-rahasia'

/** What a letter says about itself, for its head. */
export interface LetterHead {
  workflow: Label
  subject: string
  /** `0417/2026`; null before the register gave one. */
  agenda: string | null
  sender: string | null
  number: string | null
  /** `YYYY-MM-DD` on the letter. */
  date: string | null
  receivedAt: Date | null
  urgency: Urgency
  secrecy: Secrecy
  attachments: string | null
}

export type HolderState = 'unseen' | 'seen' | 'done' | 'stopped'

/** One holder in the tree "who holds what". */
export interface HolderNode {
  instance: string
  post: string
  person: string | null
  /** Posts on whose desk it lies now: while a report waits, that is the giver's. */
  now: string[]
  state: HolderState
  /** Where their part stands in the workflow's words; null leaves it to the labels' word for `state`. */
  stage: Label | null
  /** What they have or had to do: instructions, in one line. */
  task: string | null
  note: string | null
  /** Since when they have it, and until when they had it. */
  since: Date
  until: Date | null
  usedMs: number
  /** Null when nothing limits it. */
  allowedMs: number | null
  dueAt: Date | null
  late: boolean
  children: HolderNode[]
}

export interface PageImage {
  src: string
  width: number
  height: number
}

export interface DocumentView {
  id: string
  kind: 'letter' | 'attachment' | 'sheet' | 'report'
  name: string
  /** Original file. */
  href: string
  mediaType: string
  bytes: number
  pages: PageImage[]
  /** Pages of the original; more than `pages.length` when only the first are shown. */
  pageCount: number
  addedAt: Date
  /** 1 for the first; versions of the same document share `name`. */
  version: number
}

export interface HistoryEntry {
  id: string
  at: Date
  kind: 'start' | 'event' | 'seen' | 'system'
  /** What happened, as the workflow words it; null leaves it to the labels' word for `kind`. */
  what: Label | null
  who: string | null
  post: string | null
  /** The branch it happened in, when it is not the letter itself. */
  branch: string | null
  note: string | null
  /** How long the step before it took. */
  workingMs: number
  wallMs: number
}

/** What the reader of the page is asked to do now. */
export interface TodoView {
  title: Label
  /** False for what one may do by right although nobody waits for it. */
  isTask: boolean
  /** Where the acts post to: the letter itself or one of its branches. */
  instance: string
  /** Who asked for it, and in which words. */
  from: string | null
  asked: string | null
  askedNote: string | null
  /** The last words somebody left in this part: a report to judge, a reason for coming back. */
  said: { who: string; text: string } | null
  dueAt: Date | null
  late: boolean
  /** What the machine could not do with the last decision here: a receiver out of reach, a missing head. */
  problem: RefusalView | null
  disposition: DispositionForm | null
  /** Every other event, the main one first. */
  forms: EventForm[]
}

/** A letter or any other instance with a journey. */
export interface LetterModel {
  id: string
  head: LetterHead
  status: 'active' | 'done' | 'stopped' | 'parked'
  /** Where it stands, in the workflow's words. */
  stage: Label | null
  todos: TodoView[]
  /**
   * Event whose form was just refused; its form is drawn open with the refusal, or, where it is possible no longer,
   * the words that were typed stand beside it.
   */
  refused: { instance: string; type: string; refusal: RefusalView; typed: string[] } | null
  holders: HolderNode[]
  /** Null when the reader may see the instance but not its tree. */
  journey: Journey | null
  documents: DocumentView[]
  /** Set while a worker still draws the sheet. */
  drawing: boolean
  history: HistoryEntry[]
  /** Other facts of a workflow that is no letter. */
  facts: { name: string; title: Label | null; value: string }[]
}
