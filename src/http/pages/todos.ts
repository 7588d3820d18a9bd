import type { Actor, AuditEntry, EventOffer, Instance, Label } from '../../engine/index.ts'
import { errorText } from '../error-text.ts'
import type { EventForm, Field, Language, Option, RefusalView, TodoView } from '../views/index.ts'
import { type Desk, namesOf, newKey } from './desk.ts'
import { dispositionForm, postFor, type Receivers } from './disposition.ts'
import { factOf, stageOf } from './facts.ts'
import { type Body, keepTyped, markIssues } from './form-data.ts'
import { noteOf } from './history.ts'
import { fieldsOf, type Schema } from './schema-fields.ts'
import { localDay } from './zone.ts'

/** What came back refused: its form is drawn again with what was typed. */
export interface Returned {
  instance: string
  type: string
  body: Body
  issues: unknown
}

interface TodoInput {
  desk: Desk
  actor: Actor
  language: Language
  instance: Instance
  all: readonly Instance[]
  audits: ReadonlyMap<string, readonly AuditEntry[]>
  returned: Returned | null
}

/** Event that the lembar disposisi sends. */
const DISPOSE = 'DISPOSE'
/** Branches whose holders a refusal names. */
const BRANCHES_NAMED = 20

/** Posts below the actor's own post first, then heads of other units. */
export async function receiversFor({ parts }: Desk, position: string): Promise<Receivers> {
  const { directory } = parts.organization
  const [below, peers] = await Promise.all([directory.subordinates(position), directory.peers(position)])
  const optionOf = async ({ _id, title, unit }: (typeof below)[number]) => {
    const [holder] = await directory.holdersOf([`position:${_id}`])
    return { id: _id, title, unit, holder: holder?.name || null }
  }
  const direct = below.filter(({ superior }) => superior === position)
  const deeper = below.filter(({ superior }) => superior !== position)
  const [suggested, others] = await Promise.all([
    Promise.all(direct.map(optionOf)),
    Promise.all([...deeper, ...peers].map(optionOf)),
  ])
  return { suggested, others }
}

const asOptions = ({ suggested, others }: Receivers): Option[] =>
  [...suggested, ...others].map(({ id, title, holder }) => ({
    value: id,
    label: { id: title, en: title },
    hint: holder,
  }))

/** Open branches of an instance by the name under which its workflow knows them. */
function branchOptions(instance: Instance, all: readonly Instance[]): Option[] {
  return instance.invocations.flatMap(({ kind, invoke, child }) => {
    const open = all.find(({ _id, status }) => _id === child && status === 'active')
    if (kind !== 'workflow' || !open) return []
    const title = factOf(open.summary, 'to') ?? open.summary.title
    return [{ value: invoke, label: { id: title, en: title }, hint: null }]
  })
}

/** Fields of an event's form, filled with what the instance knows already. */
export async function eventFields(input: TodoInput, schema: Schema): Promise<Field[]> {
  const { desk, actor, instance, all } = input
  const wantsPosts = JSON.stringify(schema).includes('"mahakam":"position"')
  const post = postFor(actor, instance)
  const posts = wantsPosts && post ? asOptions(await receiversFor(desk, post.position)) : []
  const registration = instance.context.registration
  const values = registration && typeof registration === 'object' && !Array.isArray(registration) ? registration : {}
  return fieldsOf(schema, { posts, values, choices: { branch: branchOptions(instance, all) } })
}

/** Why an act by right is not possible now, and who holds what it waits for. */
async function blockedBy({ desk, instance, language }: TodoInput, offer: EventOffer): Promise<RefusalView | null> {
  const { possible, reason } = offer
  if (possible || !reason) return null
  const { code, title, details } = reason
  const { engine, organization } = desk.parts
  const branches = await engine.openBranches(instance._id)
  const keys = branches.slice(0, BRANCHES_NAMED).map((branch) => branch.for)
  const holders = (await Promise.all(keys.map((each) => organization.directory.holdersOf(each)))).flat()
  return { code, text: errorText(code, language, { ...details, title }).detail, holders: namesOf(holders) }
}

const isFailure = (data: unknown): data is { error: { code: string } } =>
  typeof (data as { error?: { code?: unknown } } | null)?.error?.code === 'string'

/** What the machine could not do with the last decision, while the workflow still says so. */
function problemOf({ instance, audits, language }: TodoInput): RefusalView | null {
  if (typeof instance.context.problem !== 'string') return null
  const failed = audits.get(instance._id)?.findLast(({ kind, data }) => kind === 'activity' && isFailure(data))
  const code = failed && isFailure(failed.data) ? failed.data.error.code : 'activity.failed'
  return { code, text: errorText(code, language, {}, 'unprocessable').detail, holders: [] }
}

const returnedTo = ({ returned, instance }: TodoInput, type: string): Returned | null =>
  returned?.instance === instance._id && returned.type === type ? returned : null

async function formOf(input: TodoInput, offer: EventOffer, tone: EventForm['tone']): Promise<EventForm> {
  const { instance } = input
  const fields = await eventFields(input, offer.schema as Schema)
  const back = returnedTo(input, offer.type)
  return {
    type: offer.type,
    title: offer.title,
    tone,
    action: `/instances/${instance._id}/events/${offer.type}`,
    key: newKey(),
    revision: instance.revision,
    fields: back ? markIssues(keepTyped(fields, back.body), back.issues) : fields,
    blocked: await blockedBy(input, offer),
  }
}

async function disposeForm(input: TodoInput, offer: EventOffer, tone: 'main' | 'plain') {
  const { desk, actor, instance } = input
  const post = postFor(actor, instance)
  const receivers = post ? await receiversFor(desk, post.position) : { suggested: [], others: [] }
  const today = localDay(desk.rooms.clock(), desk.rooms.zone)
  const body = returnedTo(input, offer.type)?.body ?? null
  const blocked = await blockedBy(input, offer)
  return dispositionForm({ instance, offer, tone, receivers, key: newKey(), today, blocked, body })
}

/** The main act: the task's first possible one; what only asks to be known is acknowledged first. */
function mainOf(offers: readonly EventOffer[], instance: Instance, order: readonly string[]): EventOffer | null {
  const forInformation = instance.summary.kind === 'information'
  const wish = forInformation ? ['ACKNOWLEDGE', ...order] : order
  const types = wish.find((type) => offers.some((offer) => offer.type === type && offer.possible))
  return offers.find(({ type }) => type === types) ?? null
}

/** The last words of somebody else in this instance. */
function lastWords(entries: readonly AuditEntry[], actor: Actor): TodoView['said'] {
  const entry = entries.findLast(({ kind, by }) => kind === 'event' && by !== null)
  const text = entry ? noteOf(entry) : null
  return entry?.by && text && entry.by.person !== actor.person
    ? { who: `${entry.by.name}, ${entry.by.title}`, text }
    : null
}

/** What an instance is called where no task names it: the post it went to, else where it stands. */
function nameOf({ parts }: Desk, instance: Instance): Label {
  const to = factOf(instance.summary, 'to') ?? instance.summary.title
  return instance.parent ? { id: to, en: to } : (stageOf(parts.engine.workflows, instance) ?? { id: to, en: to })
}

/** What the actor may do in one instance; null when nothing. */
export async function todoOf(input: TodoInput): Promise<TodoView | null> {
  const { desk, actor, instance } = input
  const { engine } = desk.parts
  const all = await engine.offers(instance._id, actor)
  const mine = instance.tasks.filter((task) => all.some((offer) => offer.task === task.id))
  const automatic = new Set(instance.tasks.map((task) => task.onSeen))
  const offers = all.filter(({ type }) => !automatic.has(type))
  if (offers.length === 0) return null
  const main = mainOf(
    offers,
    instance,
    mine.flatMap((task) => task.events),
  )
  const dispose = offers.find(({ type }) => type === DISPOSE)
  const task = mine.find(({ id }) => id === main?.task) ?? mine[0]
  const plain = offers.filter((offer) => offer !== dispose)
  const dueAt = task?.dueAt ?? null
  return {
    isTask: task !== undefined,
    title: task?.title ?? nameOf(desk, instance),
    instance: instance._id,
    from: factOf(instance.summary, 'giver'),
    asked: factOf(instance.summary, 'instructions'),
    askedNote: factOf(instance.summary, 'note'),
    said: task ? lastWords(input.audits.get(instance._id) ?? [], actor) : null,
    dueAt,
    late: dueAt !== null && dueAt < desk.rooms.clock(),
    problem: problemOf(input),
    disposition: dispose ? await disposeForm(input, dispose, dispose === main ? 'main' : 'plain') : null,
    forms: await Promise.all(plain.map((offer) => formOf(input, offer, offer === main ? 'main' : 'plain'))),
  }
}
