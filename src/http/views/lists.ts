import type { Label } from '../../engine/index.ts'
import type { RefusalView } from './chrome.ts'
import type { Field, Option } from './form.ts'
import type { Secrecy, Urgency } from './letter.ts'

export interface TrayItem {
  href: string
  subject: string
  reference: string | null
  sender: string | null
  workflow: Label
  task: Label
  /** Which of the reader's posts it came to. */
  post: string | null
  since: Date
  /** Working ms since it came; null when the calendar cannot say. */
  waitedMs: number | null
  dueAt: Date | null
  late: boolean
  seen: boolean
}

/** `today`: came today; `recent`: up to three working days; `old`: longer. */
export type AgeBand = 'today' | 'recent' | 'old'

export interface TrayGroup {
  urgency: Urgency
  count: number
  bands: { age: AgeBand; items: TrayItem[] }[]
}

export interface TrayModel {
  total: number
  late: number
  unseen: number
  groups: TrayGroup[]
  next: string | null
}

export interface LetterRow {
  href: string
  agenda: string | null
  subject: string
  sender: string | null
  number: string | null
  receivedAt: Date | null
  urgency: Urgency
  secrecy: Secrecy
  status: 'active' | 'done' | 'stopped' | 'parked'
  stage: Label | null
  /** Posts that hold it now. */
  holders: string[]
  dueAt: Date | null
  late: boolean
}

export interface LettersModel {
  rows: LetterRow[]
  text: string
  status: 'all' | 'active' | 'done'
  next: string | null
  mayRegister: boolean
}

/** A letter as its line in the book tells it. */
export interface BookedLetterView {
  sender: string
  number: string
  date: string | null
  subject: string
  urgency: Urgency
  secrecy: Secrecy
  status: LetterRow['status']
  /** Posts the letter went to. */
  to: string[]
}

/** One number of the book. Every number is told, also when its letter is not for the reader. */
export interface AgendaRow {
  number: number
  receivedAt: Date
  href: string | null
  letter: BookedLetterView | null
}

export interface AgendaModel {
  unit: { id: string; name: string }
  units: { id: string; name: string }[]
  year: number
  years: number[]
  text: string
  rows: AgendaRow[]
  total: number
  next: string | null
  mayRegister: boolean
}

export interface StepTiming {
  workflow: Label
  step: Label
  /** Closed stretches counted. */
  n: number
  medianMs: number
  p90Ms: number
  waitingMedianMs: number
  actingMedianMs: number
  /** Open now, and how many of them are late. */
  open: number
  late: number
  /** Longest of the open ones; null when none is. */
  longestOpenMs: number | null
}

export interface TimingModel {
  from: Date
  to: Date
  units: { id: string; name: string }[]
  unit: string | null
  /** Closed and open letters in the span. */
  closed: number
  open: number
  /** From arrival to closing, closed letters only; null when too few. */
  whole: { medianMs: number; p90Ms: number; n: number } | null
  steps: StepTiming[]
}

export interface RegisterModel {
  key: string
  refusal: RefusalView | null
  fields: Record<string, Field>
  correspondents: string[]
  accept: string
  bytesMax: number
  /** True when a file was chosen before the refusal: a browser cannot keep it. */
  fileLost: boolean
  units: Option[]
}

export interface StartModel {
  workflow: string
  title: Label
  key: string
  refusal: RefusalView | null
  fields: Field[]
}

export interface PersonaView {
  id: string
  name: string
  post: string
  unit: string
  /** What this person does, in the province's own words. */
  line: Label
  tasks: number | null
}

export interface SignInModel {
  personas: PersonaView[]
  next: string
  refusal: RefusalView | null
  username: string
}

export interface ErrorModel {
  status: number
  refusal: RefusalView
  /** For the operator: finds the request in the log. */
  requestId: string | null
}
