import type { Actor, EventOffer, Instance } from '../../engine/index.ts'
import type { DispositionForm, DispositionLine, Option, PostOption } from '../views/index.ts'
import { type Body, textOf, valuesOf } from './form-data.ts'
import { zonedIso } from './zone.ts'

const said = (id: string, en: string): Option => ({ value: id, label: { id, en }, hint: null })

const INFORMATION = 'Untuk diketahui'

/** Instructions of the lembar disposisi as offices use them; kept with the disposition as written. */
export const INSTRUCTIONS: readonly Option[] = [
  said('Proses lebih lanjut', 'Process further'),
  said('Tanggapan dan saran', 'Comment and advise'),
  said('Koordinasi/konfirmasikan', 'Coordinate or confirm'),
  said('Siapkan jawaban', 'Prepare the reply'),
  said('Siapkan bahan', 'Prepare material'),
  said('Wakili/hadiri', 'Attend for me'),
  said('Bicarakan dengan saya', 'Talk to me'),
  said('Laporkan', 'Report'),
  said(INFORMATION, 'For information'),
]

/** Latest clock time of a day named as deadline: the end of an ordinary office day. Source: Perpres 21/2023. */
const DAY_ENDS = '16:00'
const NOTE_MAX = 2_000

export interface Receivers {
  suggested: PostOption[]
  others: PostOption[]
}

interface DispositionFormInput {
  instance: Instance
  offer: EventOffer
  tone: 'main' | 'plain'
  receivers: Receivers
  key: string
  today: string
  blocked: DispositionForm['blocked']
  /** What was typed when the form comes back refused. */
  body: Body | null
}

const LINE = /^line\.(.+)\.(instructions|note|due)$/

function linesTyped(body: Body): DispositionLine[] {
  const posts = [...new Set(Object.keys(body).flatMap((name) => LINE.exec(name)?.[1] ?? []))]
  return posts
    .map((to) => ({
      to,
      instructions: valuesOf(body, `line.${to}.instructions`),
      note: textOf(body, `line.${to}.note`),
      due: textOf(body, `line.${to}.due`),
    }))
    .filter(({ instructions, note, due }) => instructions.length > 0 || note !== '' || due !== '')
}

export function dispositionForm(input: DispositionFormInput): DispositionForm {
  const { instance, offer, tone, receivers, key, today, blocked, body } = input
  const typed = body ?? {}
  const instructions = valuesOf(typed, 'instructions')
  const errors: DispositionForm['errors'] = []
  if (body && valuesOf(body, 'to').length === 0) errors.push({ field: 'to', code: 'choice' })
  if (body && instructions.length === 0 && linesTyped(body).length === 0) {
    errors.push({ field: 'instructions', code: 'choice' })
  }
  return {
    type: offer.type,
    title: offer.title,
    tone,
    action: `/instances/${instance._id}/events/${offer.type}`,
    key,
    revision: instance.revision,
    blocked,
    ...receivers,
    instructions: [...INSTRUCTIONS],
    chosen: { to: valuesOf(typed, 'to'), instructions, note: textOf(typed, 'note'), due: textOf(typed, 'due') },
    lines: linesTyped(typed),
    errors,
    noteMaxLength: NOTE_MAX,
    dueMin: today,
  }
}

/** Data of `DISPOSE` from the form: shared direction, replaced part by part where a receiver has an own one. */
export function dispositionData(body: Body, zone: string) {
  const shared = { instructions: valuesOf(body, 'instructions'), note: textOf(body, 'note'), due: textOf(body, 'due') }
  const own = linesTyped(body)
  const lines = [...new Set(valuesOf(body, 'to'))].map((to) => {
    const line = own.find((each) => each.to === to)
    const instructions = line?.instructions.length ? line.instructions : shared.instructions
    const note = line?.note || shared.note
    const due = line?.due || shared.due
    return {
      to,
      instructions,
      note: note || null,
      dueAt: due ? zonedIso(`${due}T${DAY_ENDS}`, zone) : null,
      kind: instructions.length === 1 && instructions[0] === INFORMATION ? 'information' : 'action',
    }
  })
  return { lines }
}

/** The post in which the actor would act on an instance: the task's, else one that may read it. */
export function postFor(actor: Actor, instance: Instance) {
  const holds = (keys: readonly string[]) => actor.posts.find((post) => post.keys.some((key) => keys.includes(key)))
  return holds(instance.tasks.flatMap((task) => task.for)) ?? holds(instance.access) ?? actor.posts[0] ?? null
}
