import { Router } from 'express'
import { type Actor, type Assignee, jsonSchemaOf, keysOf, type WorkflowDefinition } from '../../engine/index.ts'
import { actorOf } from '../caller.ts'
import { latestOf, unknownWorkflow } from '../commands.ts'
import type { Parts } from '../parts.ts'
import { machineConfig } from './machine-config.ts'

/** Whether some start data exist with which the actor is among the starters. */
function mayStart({ starters }: WorkflowDefinition, actor: Actor): boolean {
  const keys = keysOf(actor)
  const fits = (starter: Assignee) =>
    starter.kind === 'role'
      ? keys.includes(`role:${starter.role}`)
      : keys.some((key) => key.startsWith(`${starter.kind}:`))
  return starters.some(fits)
}

const showEvents = ({ events, eventTitles }: WorkflowDefinition) =>
  Object.fromEntries(
    Object.entries(events).map(([type, schema]) => [type, { title: eventTitles[type], schema: jsonSchemaOf(schema) }]),
  )

const showWorkflow = (definition: WorkflowDefinition) => ({
  id: definition.id,
  version: definition.version,
  title: definition.title,
  machine: machineConfig(definition),
  start: jsonSchemaOf(definition.start),
  events: showEvents(definition),
})

/** GET `/workflows`, `/workflows/:id`: the newest version of each. */
export function workflowRoutes({ engine }: Pick<Parts, 'engine'>): Router {
  const router = Router()
  const ids = [...new Set(engine.workflows.map(({ id }) => id))].toSorted()
  const newest = ids.flatMap((id) => latestOf(engine, id) ?? [])

  router.get('/workflows', (_request, response) => {
    const actor = actorOf(response)
    const items = newest.map((each) => ({
      id: each.id,
      version: each.version,
      title: each.title,
      mayStart: mayStart(each, actor),
    }))
    response.json({ items })
  })

  router.get('/workflows/:id', (request, response) => {
    const found = newest.find(({ id }) => id === request.params.id)
    if (!found) throw unknownWorkflow(request.params.id)
    response.json(showWorkflow(found))
  })

  return router
}
