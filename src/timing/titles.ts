import type { Label, StateMeta, WorkflowDefinition } from '../engine/index.ts'

interface NodeConfig {
  meta?: StateMeta
  invoke?: unknown
  states?: Record<string, NodeConfig>
}

/** What durations need to know of a state: its name, and whether the machine itself works in it. */
export interface StateFacts {
  title: Label | null
  /** Title of the task it opens. */
  task: Label | null
  isMachine: boolean
}

export interface WorkflowFacts {
  title: Label
  /** By state path. */
  states: ReadonlyMap<string, StateFacts>
}

function* nodesOf(config: NodeConfig, path: readonly string[] = []): Generator<[string, NodeConfig]> {
  yield [path.join('.'), config]
  for (const [key, child] of Object.entries(config.states ?? {})) yield* nodesOf(child, [...path, key])
}

const factsOf = ({ meta, invoke }: NodeConfig): StateFacts => ({
  title: meta?.title ?? null,
  task: meta?.task?.title ?? null,
  isMachine: invoke !== undefined,
})

/** Facts of every known version, by `<id>@<version>`. */
export type KnownWorkflows = ReadonlyMap<string, WorkflowFacts>

export const factsOfWorkflows = (definitions: readonly WorkflowDefinition[]): KnownWorkflows =>
  new Map(
    definitions.map(({ id, version, title, machine }) => {
      const nodes = [...nodesOf(machine.config as NodeConfig)]
      return [`${id}@${version}`, { title, states: new Map(nodes.map(([path, node]) => [path, factsOf(node)])) }]
    }),
  )
