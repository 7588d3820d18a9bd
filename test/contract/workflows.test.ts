import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import { discover } from '../../src/discover.ts'
import { type Assignee, jsonSchemaOf, type StateMeta, type WorkflowDefinition } from '../../src/engine/index.ts'
import { exampleAnswers, exampleStarts, knownRoles } from './expectations.ts'
import { dataFor, randomOf, roundTrip, Wanderer } from './walker.ts'

const EVENTS_PER_WALK = 1_000
const SEED = Number(process.env.WALK_SEED ?? 20_261_124)

interface NodeConfig {
  type?: string
  meta?: StateMeta
  invoke?: { onDone?: unknown; onError?: unknown } | { onDone?: unknown; onError?: unknown }[]
  always?: unknown
  after?: unknown
  on?: Record<string, unknown>
  onDone?: unknown
  entry?: unknown
  exit?: unknown
  states?: Record<string, NodeConfig>
}

function* nodesOf(config: NodeConfig, path: readonly string[] = []): Generator<[string, NodeConfig, boolean]> {
  yield [path.join('.'), config, !config.states]
  for (const [key, child] of Object.entries(config.states ?? {})) yield* nodesOf(child, [...path, key])
}

const folder = new URL('../../workflows/', import.meta.url)
const definitions = await discover<WorkflowDefinition>('workflows')
const frozen = JSON.parse(readFileSync(new URL('fingerprints.json', import.meta.url), 'utf8')) as Record<string, string>

/** Pure steps and shapes outside `workflows/` whose change would change what a released machine does. */
const SHARED = ['dispatch.ts', 'schemas.ts'].map((name) => new URL(`../../src/letters/${name}`, import.meta.url))

/** sha256 of a workflow's file and what it shares with others; line ends do not count. */
function sourceOf({ id }: WorkflowDefinition): string {
  const files = [new URL(`${id}.ts`, folder), ...SHARED]
  const text = files.map((file) => readFileSync(file, 'utf8').replaceAll('\r\n', '\n')).join('\n')
  return createHash('sha256').update(text).digest('hex')
}

const assigneesOf = (meta: StateMeta | undefined): Assignee[] => [
  ...(meta?.task ? [meta.task.for] : []),
  ...Object.values(meta?.may ?? {}).flat(),
]

/** Walks at random by what is possible by right: tasks, rights without a task, answers of work asked for. */
function wander(definition: WorkflowDefinition, seed: number, onStep: (walker: Wanderer) => void): Set<string> {
  const random = randomOf(seed)
  const visited = new Set<string>()
  const begin = () => {
    const example = exampleStarts[definition.id]
    const data = example ?? dataFor(definition.start, jsonSchemaOf(definition.start), random)
    return new Wanderer(definition, definition.start.parse(data))
  }
  let walker = begin()
  for (let step = 0; step < EVENTS_PER_WALK; step++) {
    onStep(walker)
    for (const state of walker.visited) visited.add(state)
    if (walker.snapshot.status !== 'active') walker = begin()
    else takeStep(definition, walker, random)
  }
  return visited
}

function takeStep(definition: WorkflowDefinition, walker: Wanderer, random: () => number): void {
  const asked = [...walker.open]
  const types = Object.keys(definition.events)
  const [id, src] = asked[Math.floor(random() * asked.length)] ?? []
  if (id !== undefined && src !== undefined && random() < 0.4) {
    answer(definition, walker, { id, src }, random)
    return
  }
  const type = types[Math.floor(random() * types.length)] ?? ''
  const schema = definition.events[type]
  if (!schema) return
  const data = dataFor(schema, jsonSchemaOf(schema), random) as Record<string, unknown> | null
  if (data === null) return
  // A branch is only ever chosen among those there are.
  const branches = Object.keys((walker.snapshot.context as { branches?: object }).branches ?? {})
  if ('branch' in data) data.branch = branches[Math.floor(random() * branches.length)] ?? 'none'
  walker.send({ type, data })
}

function answer(
  { id: workflow }: WorkflowDefinition,
  walker: Wanderer,
  { id, src }: { id: string; src: string },
  random: () => number,
): void {
  const example = exampleAnswers[src]
  if (!example) throw new Error(`${workflow}: no example answer of ${src} in test/contract/expectations.ts`)
  walker.open.delete(id)
  const output = example(random, null as never)
  if (/^r\d+-/.test(id)) walker.send({ type: 'child.done', id, output })
  else if (random() < 0.25) walker.send({ type: `xstate.error.actor.${id}`, actorId: id, error: { message: 'x' } })
  else walker.send({ type: `xstate.done.actor.${id}`, actorId: id, output })
}

describe('every workflow', function () {
  this.timeout(60_000)

  it('is found in its folder', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.ts'))
    expect(definitions.map(({ id }) => `${id}.ts`)).to.have.members(files)
  })

  for (const definition of definitions) {
    const nodes = [...nodesOf(definition.machine.config as NodeConfig)]

    describe(definition.id, () => {
      it('names every state, task and event in both languages', () => {
        const titles = [
          definition.title,
          ...Object.keys(definition.events).map((type) => definition.eventTitles[type]),
          ...nodes.flatMap(([, { meta }]) => [meta?.title, meta?.task?.title].filter((title) => title !== undefined)),
          ...Object.values(definition.refusals).flatMap((reasons) => reasons.map(({ title }) => title)),
        ]
        for (const title of titles) expect(title?.id && title.en, JSON.stringify(title)).to.be.a('string').and.not.empty
      })

      it('has no state that nobody and nothing can leave', () => {
        const inherited = (path: string) => nodes.filter(([other]) => other !== path && path.startsWith(`${other}.`))
        for (const [path, node, isLeaf] of nodes) {
          if (!isLeaf || node.type === 'final') continue
          const chain = [node, ...inherited(path).map(([, above]) => above)]
          const ways = chain.filter(({ invoke, always, after, on }) => invoke ?? always ?? after ?? on)
          expect(ways, path).to.not.be.empty
        }
      })

      it('handles the failure of everything it asks for', () => {
        for (const [path, { invoke }] of nodes)
          for (const each of [invoke ?? []].flat()) {
            expect(each.onDone, `${path}: onDone`).to.not.equal(undefined)
            expect(each.onError, `${path}: onError`).to.not.equal(undefined)
          }
      })

      it('asks only for work, roles and reasons that are known', () => {
        const roles = [
          ...nodes.flatMap(([, { meta }]) => assigneesOf(meta)),
          ...definition.starters,
          ...definition.readers,
        ]
        for (const assignee of roles) if (assignee.kind === 'role') expect(knownRoles).to.include(assignee.role)
        for (const src of Object.keys(definition.machine.implementations.actors))
          expect(Object.keys(exampleAnswers), src).to.include(src)
        for (const [type, reasons] of Object.entries(definition.refusals)) {
          expect(definition.events, type).to.have.property(type)
          for (const { code } of reasons) expect(code).to.match(new RegExp(`^${definition.id}\\.[a-z-]+$`))
        }
        const states = nodes.map(([path]) => path)
        expect(new Set(states).size).to.equal(states.length)
      })

      it('reaches every state, by random events, without ever throwing or leaving a task to nobody', () => {
        const visited = new Set<string>()
        for (let walk = 0; walk < 4; walk++) {
          const seen = wander(definition, SEED + walk, ({ snapshot, tasks }) => {
            const context = snapshot.context as Record<string, unknown>
            expect(roundTrip(context)).to.deep.equal(context)
            expect(() => definition.summary(context)).to.not.throw()
            for (const { for: who } of tasks)
              if (who.from) expect(at(context, who.from), `${who.kind} at ${who.from}`).to.be.a('string').and.not.empty
          })
          for (const state of seen) visited.add(state)
        }
        const passed = nodes.filter(([, { always }]) => always === undefined).map(([path]) => path)
        expect([...visited]).to.include.members(passed.filter((path) => path !== ''))
      })

      it('is unchanged since it was released', () => {
        const key = `${definition.id}@${definition.version}`
        const advice = `${key} is frozen: make a new version, or before its first release renew fingerprints.json`
        expect(sourceOf(definition), advice).to.equal(frozen[key])
      })
    })
  }
})

const at = (context: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], context)
