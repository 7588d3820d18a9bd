import type { Calendar } from '../calendar/index.ts'
import type { Instance } from '../engine/index.ts'
import { type DemoSubject, RETURN_REASONS, SUBJECTS } from './demo-subjects.ts'
import type { Branches } from './schemas.ts'

/** A post of the trial's province, as far as letters travel by it. */
export interface DemoPost {
  _id: string
  unit: string
  superior?: string | null
  roles: readonly string[]
}

/** One act of the trial's past: somebody in a post starts a letter, opens it, or decides something. */
export interface DemoAct {
  at: Date
  /** Same for all acts of one letter. */
  letter: string
  /** Whom the letter went to on the way to the instance acted on; empty: the letter itself. See `branchAt`. */
  path: readonly string[]
  by: string
  /** `start`, `see`, or the type of the event. */
  type: string
  data(instance: Pick<Instance, 'context'> | null): unknown
}

export interface DemoOptions {
  posts: readonly DemoPost[]
  now: Date
  calendar: Calendar
  /** Default 60. */
  count?: number
  /** Units that get letters, the first one half of them. */
  units: readonly string[]
}

const DAY_MS = 86_400_000
/** Letters arrive over about three months. */
const SPAN_DAYS = 92
const OPENING_HOURS = 6

type Random = () => number

/** Small reproducible random numbers: the trial's past is the same everywhere. */
function randomOf(seed: number): Random {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
}

const pick = <T>(list: readonly T[], random: Random): T | undefined => list[Math.floor(random() * list.length)]
const between = (low: number, high: number, random: Random) => Math.round(low + (high - low) * random())

interface Desk {
  head: string
  registrar: string
  verifier: string
  divisions: { id: string; staff: string[] }[]
}

function deskOf(unit: string, posts: readonly DemoPost[]): Desk | null {
  const own = posts.filter((post) => post.unit === unit)
  const first = (role: string) => own.find(({ roles }) => roles.includes(role))?._id
  const [head, registrar, verifier] = [first('head'), first('registrar'), first('verifier')]
  if (!head || !registrar || !verifier) return null
  const below = (position: string) => own.filter(({ superior }) => superior === position).map(({ _id }) => _id)
  const divisions = below(head)
    .filter((id) => id !== verifier && id !== registrar)
    .map((id) => ({ id, staff: below(id).filter((staff) => staff !== verifier && staff !== registrar) }))
  return divisions.length > 0 ? { head, registrar, verifier, divisions } : null
}

/** Writes down the acts of one letter, each a span of working time after the last. */
class Course {
  readonly acts: DemoAct[] = []
  at: Date
  readonly #letter: string
  readonly #calendar: Calendar
  readonly #random: Random

  constructor(letter: string, at: Date, calendar: Calendar, random: Random) {
    this.#letter = letter
    this.at = at
    this.#calendar = calendar
    this.#random = random
  }

  wait(lowMinutes: number, highMinutes: number): this {
    this.at = this.#calendar.addWorking(this.at, { minutes: between(lowMinutes, highMinutes, this.#random) })
    return this
  }

  act(by: string, type: string, data: unknown = {}, path: readonly string[] = []): this {
    const of = typeof data === 'function' ? (data as DemoAct['data']) : () => data
    this.acts.push({ at: this.at, letter: this.#letter, path, by, type, data: of })
    return this
  }

  /** Another course that begins where this one is now. */
  fork(): Course {
    return new Course(this.#letter, this.at, this.#calendar, this.#random)
  }

  join(branches: readonly Course[]): this {
    for (const branch of branches) this.acts.push(...branch.acts)
    this.at = new Date(Math.max(this.at.getTime(), ...branches.map((branch) => branch.at.getTime())))
    return this
  }

  due(days: number): string {
    return this.#calendar.addWorking(this.at, { days }).toISOString()
  }
}

const DUE_DAYS = { biasa: 5, segera: 2, 'sangat-segera': 1 } as const

interface Scene {
  desk: Desk
  subject: DemoSubject
  random: Random
  /** How this letter goes; chosen by its place in the list so that each kind occurs. */
  kind: 'plain' | 'deep' | 'information' | 'returned' | 'slow' | 'released' | 'recalled' | 'stalled'
}

const releaseOf = (to: string, reason: string) => (instance: Pick<Instance, 'context'> | null) => {
  const branches = (instance?.context.branches ?? {}) as unknown as Branches
  return { branch: Object.keys(branches).find((id) => branches[id]?.to === to) ?? 'none', reason }
}

const lineTo = (to: string, { instructions, note }: DemoSubject, dueAt: string, kind = 'action') => {
  return { to, instructions, note, dueAt, kind }
}

/** A division's work on its disposition, alone or with its staff. */
function follow(course: Course, scene: Scene, division: Desk['divisions'][number]): Course {
  const { subject, random, kind, desk } = scene
  const path = [division.id]
  course.wait(20, kind === 'slow' ? 1_800 : 260).act(division.id, 'see', {}, path)
  if (kind === 'stalled') return course
  const staff = kind === 'deep' ? division.staff.slice(0, 2) : division.staff.slice(0, random() < 0.4 ? 1 : 0)
  if (staff.length > 0) {
    const lines = staff.map((to) => lineTo(to, subject, course.due(DUE_DAYS[subject.urgency])))
    course.wait(15, 120).act(division.id, 'DISPOSE', { lines }, path)
    const below = staff.map((to) => report(course.fork().wait(10, 200), to, division.id, [...path, to], scene))
    course.join(below)
  }
  return report(course, division.id, desk.head, path, scene)
}

/** Opens, works, reports; the giver accepts, now and then only the second time. */
function report(course: Course, by: string, giver: string, path: string[], { subject, kind, random }: Scene): Course {
  const slow = kind === 'slow' ? 3 : 1
  course
    .act(by, 'see', {}, path)
    .wait(60, 700 * slow)
    .act(by, 'REPORT', { text: subject.report }, path)
  course.wait(20, 300).act(giver, 'see', {}, path)
  if (random() < 0.15) {
    course.wait(5, 40).act(giver, 'RETURN_REPORT', { reason: 'Lengkapi dengan bukti pelaksanaan.' }, path)
    course.wait(60, 400).act(by, 'REPORT', { text: `${subject.report} Bukti sudah dilengkapi.` }, path)
    course.wait(20, 200)
  }
  return course.wait(2, 20).act(giver, 'ACCEPT', {}, path)
}

function dispose(course: Course, scene: Scene): void {
  const { desk, subject, kind, random } = scene
  const count = kind === 'plain' && random() < 0.5 ? 1 : 2
  const offset = Math.floor(random() * desk.divisions.length)
  const divisions = desk.divisions.map((_, index) => desk.divisions[(index + offset) % desk.divisions.length])
  const chosen = divisions.filter((division) => division !== undefined).slice(0, count)
  const lines = chosen.map(({ id }) => lineTo(id, subject, course.due(DUE_DAYS[subject.urgency])))
  course.act(desk.head, 'DISPOSE', { lines })
  const [first, second] = chosen
  if (kind === 'recalled' && first && second) {
    course.wait(3, 8).act(desk.head, 'RECALL', { reason: 'Cukup satu bidang yang menangani.' }, [second.id])
    course.join([follow(course.fork(), scene, first)])
  } else if (kind === 'released' && first && second) {
    course.join([follow(course.fork(), scene, first)])
    const release = releaseOf(second.id, 'Sudah ditangani bidang lain.')
    course.wait(30, 240).act(desk.head, 'RELEASE', release)
  } else course.join(chosen.map((division) => follow(course.fork(), scene, division)))
}

function play(course: Course, scene: Scene, start: object): DemoAct[] {
  const { desk, subject, kind, random } = scene
  course.act(desk.registrar, 'start', start)
  course.wait(10, 90).act(desk.verifier, 'see')
  if (kind === 'returned') {
    const { registration } = start as { registration: unknown }
    course.wait(3, 15).act(desk.verifier, 'SEND_BACK', { reason: pick(RETURN_REASONS, random) })
    course.wait(10, 60).act(desk.registrar, 'CORRECT', registration).wait(10, 60)
  }
  course.wait(2, 15).act(desk.verifier, 'VERIFY', {})
  course.wait(15, kind === 'slow' ? 900 : 200).act(desk.head, 'see')
  course.wait(3, 40)
  if (kind === 'information') course.act(desk.head, 'INFORM', { note: 'Cukup diketahui, arsipkan.' })
  else dispose(course, scene)
  if (kind === 'stalled') return course.acts
  if (kind !== 'information') course.wait(20, 240).act(desk.head, 'CLOSE', { note: 'Selesai.' })
  course.wait(10, 200).act(desk.registrar, 'FILE', { classification: subject.classification })
  return course.acts
}

const KINDS: readonly Scene['kind'][] = [
  'plain',
  'deep',
  'plain',
  'information',
  'deep',
  'slow',
  'plain',
  'returned',
  'deep',
  'released',
  'plain',
  'recalled',
  'slow',
  'plain',
  'stalled',
]

/** The newest letters of the first unit lie on its desks at every stage, whenever the trial is begun. */
const FRESH = 10
const FRESH_DAYS = 3

/** A moment of the last office hours: `share` of the working time of the last days has passed. */
function lately(share: number, now: Date, calendar: Calendar): Date {
  const from = new Date(now.getTime() - FRESH_DAYS * DAY_MS)
  const minutes = Math.floor((calendar.workingMsBetween(from, now) * share) / 60_000)
  return calendar.addWorking(from, { minutes })
}

const CHANNELS = ['counter', 'post', 'email', 'counter', 'system'] as const

function registrationOf(subject: DemoSubject, running: number, arrival: Date, random: Random) {
  const { sender, number, subject: text, urgency, secrecy, attachments, classification } = subject
  const dated = new Date(arrival.getTime() - between(1, 6, random) * DAY_MS)
  return {
    sender,
    letterNumber: number.replace('{n}', String(running)),
    letterDate: dated.toISOString().slice(0, 10),
    subject: text,
    urgency,
    secrecy,
    attachments,
    classification,
  }
}

/**
 * The trial's past: about sixty invented letters, from start to file, some late, some stalled; what would lie after
 * `now` has not happened yet, so the newest letters are open at every stage. Acts in order of time. Pure.
 */
export function demoLetters({ posts, now, calendar, units, count = 60 }: DemoOptions): DemoAct[] {
  const random = randomOf(20_260_824)
  const desks = units.flatMap((unit) => {
    const desk = deskOf(unit, posts)
    return desk ? [{ unit, desk }] : []
  })
  const [main, ...others] = desks
  if (!main) return []
  const acts = Array.from({ length: count }, (_, index) => {
    const other = others[index % Math.max(1, others.length)] ?? main
    const isFresh = index >= count - FRESH
    const { unit, desk } = isFresh || index % 2 === 0 ? main : other
    const subject = SUBJECTS[(index * 7) % SUBJECTS.length] as DemoSubject
    // More letters lately: the square root bends the even spacing towards now.
    const age = SPAN_DAYS * (1 - Math.sqrt((index + random()) / count))
    const opening = calendar.nextOpening(new Date(now.getTime() - age * DAY_MS))
    const usual = calendar.addWorking(opening, { minutes: between(5, (OPENING_HOURS * 60) / 4, random) })
    const at = isFresh ? lately((index - count + FRESH + 1) / (FRESH + 1), now, calendar) : usual
    const registration = registrationOf(subject, 101 + index * 13, at, random)
    const start = { unit, channel: pick(CHANNELS, random), receivedAt: at.toISOString(), files: [], registration }
    const kind = KINDS[index % KINDS.length] ?? 'plain'
    return play(new Course(`demo-${index + 1}`, at, calendar, random), { desk, subject, random, kind }, start)
  })
  return acts
    .flat()
    .filter((act) => act.at <= now)
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
}

/** The instance that `path` leads to in a letter's tree (root first), the newest if there are several; or null. */
export function branchAt(tree: readonly Instance[], path: readonly string[]): Instance | null {
  let current = tree[0] ?? null
  for (const to of path) {
    const parent = current?._id
    current = tree.findLast(({ parent: of, context }) => of?.instance === parent && context.to === to) ?? null
  }
  return current
}
