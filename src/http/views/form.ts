import type { Label } from '../../engine/index.ts'
import type { RefusalView } from './chrome.ts'

export type Control =
  | 'text'
  | 'textarea'
  | 'number'
  | 'date'
  | 'datetime'
  | 'choice'
  | 'choices'
  | 'flag'
  | 'post'
  | 'posts'
  | 'file'

export interface Option {
  value: string
  /** Null leaves the wording to the labels' word for `value`. */
  label: Label | null
  /** Second line: who holds a post, what a choice means. */
  hint: string | null
}

/** One question of a form, made from one property of an event's JSON Schema. */
export interface Field {
  /** Path in the event's data, dots between levels. */
  name: string
  control: Control
  /** Title the schema brought; null leaves the wording to the labels' word for `name`. */
  title: Label | null
  required: boolean
  options: Option[]
  maxLength: number | null
  /** What was typed or chosen, or the default. */
  values: string[]
  /** Code of what is wrong with it: `required`, `too-long`, `date`, `number`, `choice` …; null when nothing is. */
  error: string | null
}

/** A form for one event of one instance. */
export interface EventForm {
  type: string
  title: Label
  /** The event's main act stands first and filled; `stop` is set apart. */
  tone: 'main' | 'plain' | 'stop'
  /** Where it posts to. */
  action: string
  key: string
  revision: number
  fields: Field[]
  /** Set when this event is possible by right but not now; the button is replaced by the sentence. */
  blocked: RefusalView | null
}

export interface PostOption {
  id: string
  title: string
  /** Who holds it now, with `Plh`/`Plt`; null when vacant. */
  holder: string | null
  unit: string
}

export interface DispositionLine {
  to: string
  instructions: string[]
  note: string
  /** `YYYY-MM-DD` or empty. */
  due: string
}

/** The lembar disposisi as a form: who, what, by when. */
export interface DispositionForm extends Omit<EventForm, 'fields'> {
  /** Subordinates of the giver's post, direct ones first. */
  suggested: PostOption[]
  /** Every other post of the giver's reach. */
  others: PostOption[]
  instructions: Option[]
  /** Same for all receivers, unless a line says otherwise. */
  chosen: { to: string[]; instructions: string[]; note: string; due: string }
  lines: DispositionLine[]
  errors: { field: 'to' | 'instructions' | 'note' | 'due'; code: string }[]
  noteMaxLength: number
  /** First and last day that may be chosen, `YYYY-MM-DD`. */
  dueMin: string
}
