import type { Instance, Label, WorkflowDefinition } from '../../engine/index.ts'
import { secrecy, urgency } from '../../letters/index.ts'
import type { LetterHead, Secrecy, Urgency } from '../views/index.ts'

type Summary = Instance['summary']

/** A text of a summary; null when it is missing or no text. */
export function factOf(summary: Summary, name: string): string | null {
  const value = summary[name]
  return typeof value === 'string' && value !== '' ? value : null
}

export const momentOf = (summary: Summary, name: string): Date | null => {
  const at = new Date(factOf(summary, name) ?? Number.NaN)
  return Number.isNaN(at.getTime()) ? null : at
}

/** Letters say their urgency; anything else is as urgent as its priority. */
export function urgencyOf(summary: Summary, priority: number): Urgency {
  const told = urgency.safeParse(summary.urgency)
  if (told.success) return told.data
  return priority >= 9 ? 'sangat-segera' : priority >= 5 ? 'segera' : 'biasa'
}

export const secrecyOf = (summary: Summary): Secrecy => {
  const told = secrecy.safeParse(summary.secrecy)
  return told.success ? told.data : 'biasa'
}

interface NodeConfig {
  meta?: { title?: Label }
  states?: Record<string, NodeConfig>
}

/** Titles of the active states, from outside to inside, region after region. */
function titlesOf(config: NodeConfig, value: unknown): Label[] {
  const pairs: [string, unknown][] =
    typeof value === 'string' ? [[value, null]] : value && typeof value === 'object' ? Object.entries(value) : []
  return pairs.flatMap(([key, inner]) => {
    const node = config.states?.[key]
    if (!node) return []
    return [...(node.meta?.title ? [node.meta.title] : []), ...titlesOf(node, inner)]
  })
}

/** Where an instance stands, in the words of its workflow; the innermost state of the last region speaks. */
export function stageOf(workflows: readonly WorkflowDefinition[], instance: Instance): Label | null {
  const definition = workflows.find(({ id, version }) => id === instance.workflow && version === instance.version)
  if (!definition) return null
  return titlesOf(definition.machine.config as NodeConfig, instance.value).at(-1) ?? null
}

export const titleOf = (workflows: readonly WorkflowDefinition[], id: string): Label =>
  workflows.find((each) => each.id === id)?.title ?? { id, en: id }

export function headOf(workflows: readonly WorkflowDefinition[], root: Instance): LetterHead {
  const { summary } = root
  return {
    workflow: titleOf(workflows, root.workflow),
    subject: summary.title,
    agenda: summary.reference ?? null,
    sender: factOf(summary, 'from'),
    number: factOf(summary, 'number'),
    date: factOf(summary, 'date'),
    receivedAt: momentOf(summary, 'receivedAt') ?? root.startedAt,
    urgency: urgencyOf(summary, root.priority),
    secrecy: secrecyOf(summary),
    attachments: factOf(summary, 'attachments'),
  }
}

const SHOWN = new Set(
  'title reference priority kind channel from number date urgency secrecy attachments receivedAt reviewer'.split(' '),
)

/** What else a summary says, for processes that are no letters. */
export const otherFacts = ({ summary }: Instance) =>
  Object.entries(summary).flatMap(([name, value]) =>
    !SHOWN.has(name) && (typeof value === 'string' || typeof value === 'number') && value !== ''
      ? [{ name, title: null, value: String(value) }]
      : [],
  )
