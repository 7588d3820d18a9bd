import type { Actor, Instance } from '../../engine/index.ts'
import type { Language, LetterModel, RefusalView, TodoView } from '../views/index.ts'
import type { Desk } from './desk.ts'
import { headOf, otherFacts, stageOf } from './facts.ts'
import { type Body, valuesOf } from './form-data.ts'
import { historyOf } from './history.ts'
import { holdersOf, type Tree } from './holders.ts'
import { papersOf, sheetUnderWay } from './papers.ts'
import { type Returned, todoOf } from './todos.ts'

/** Trays named in one drawing; a tree beyond it shows the rest without names. */
const KEYS_MAX = 300

export interface InstanceView {
  desk: Desk
  actor: Actor
  language: Language
  /** The instance asked for; its acts come first. */
  instance: Instance
  returned: (Returned & { refusal: RefusalView }) | null
}

/** Posts behind every tray key that the tree ever used. */
async function holderNames({ organization }: Desk['parts'], all: readonly Instance[], audits: Tree['audits']) {
  const entries = [...audits.values()].flat()
  const lists = [
    ...all.flatMap(({ tasks }) => tasks),
    ...entries.flatMap(({ opened, closed }) => [...opened, ...closed]),
  ]
  const keys = [...new Set(lists.flatMap((each) => each.for))].slice(0, KEYS_MAX)
  const titles = await Promise.all(keys.map(async (key) => (await organization.directory.holdersOf([key]))[0]?.title))
  const names = new Map(keys.map((key, index) => [key, titles[index] ?? null]))
  return (wanted: readonly string[]) => names.get(wanted.find((key) => names.get(key)) ?? '') ?? null
}

/** The whole history; asked for only where it has outgrown its instance. */
const historyIn = ({ engine }: Desk['parts'], instance: Instance, actor: Actor) =>
  instance.audit.length === instance.auditCount ? instance.audit : engine.audit(instance._id, actor)

async function treeOf({ parts, rooms }: Desk, instance: Instance, actor: Actor): Promise<Tree> {
  const all = await parts.engine.tree(instance.root, actor)
  const root = all.find(({ _id }) => _id === instance.root) ?? instance
  const audits = await Promise.all(all.map(async (each) => [each._id, await historyIn(parts, each, actor)] as const))
  const told = { tree: all, audits: new Map(audits), now: rooms.clock() }
  const holderOf = await holderNames(parts, all, told.audits)
  return { root, all, audits: told.audits, journey: await rooms.timing.journey({ ...told, holderOf }) }
}

const WORDS = /(^|\.)(note|reason|text)$/

/** What somebody wrote in a form, apart from what they chose. */
const wordsIn = (body: Body): string[] =>
  Object.keys(body).flatMap((name) => (WORDS.test(name) ? valuesOf(body, name).filter((text) => text.trim()) : []))

/** What the actor may do anywhere in the tree: the instance asked for first, then in the order of the tree. */
async function todosOf(view: InstanceView, tree: Tree): Promise<TodoView[]> {
  const active = tree.all.filter(({ status }) => status === 'active')
  const asked = (instance: Instance) => Number(instance._id === view.instance._id)
  const ordered = active.toSorted((a, b) => asked(b) - asked(a))
  const todos = await Promise.all(
    ordered.map((instance) => todoOf({ ...view, instance, all: tree.all, audits: tree.audits })),
  )
  const found = todos.filter((todo) => todo !== null)
  const isTask = (todo: TodoView) => Number(todo.isTask)
  return found.toSorted((a, b) => isTask(b) - isTask(a))
}

/** Everything the page of an instance tells, from its whole tree. */
export async function instanceModel(view: InstanceView): Promise<LetterModel> {
  const { desk, actor, instance, returned } = view
  const { workflows } = desk.parts.engine
  const tree = await treeOf(desk, instance, actor)
  const { root } = tree
  const [todos, holders, documents] = await Promise.all([
    todosOf(view, tree),
    holdersOf(desk, tree),
    papersOf(desk.parts, tree),
  ])
  return {
    id: root._id,
    head: headOf(workflows, root),
    status: root.status,
    stage: stageOf(workflows, root),
    todos,
    refused: returned && {
      instance: returned.instance,
      type: returned.type,
      refusal: returned.refusal,
      typed: wordsIn(returned.body),
    },
    holders,
    journey: tree.journey,
    documents,
    drawing: sheetUnderWay(tree),
    history: historyOf(tree, workflows),
    facts: root.summary.kind === 'letter' ? [] : otherFacts(root),
  }
}
