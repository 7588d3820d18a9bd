import type { z } from 'zod'
import type { Actor, Engine, Instance, SendCommand, StartCommand, WorkflowDefinition } from '../engine/index.ts'
import { AppError, notFound, tooLarge, unprocessable } from '../platform/index.ts'
import { fileIds } from './file-ids.ts'
import { readableFile } from './files/rights.ts'
import type { Parts } from './parts.ts'

/** Quick steps that follow from a command are in its answer; longer ones are not waited for. */
const SETTLE_MS = 1_500
const FILES_MAX = 100

type Needs = Pick<Parts, 'engine' | 'documents'>

/**
 * Starts a process for a person: the files its data mention are theirs to read, and are tied to the new root.
 * @returns the instance after its quick steps
 * @throws AppError workflow.not-found, file.not-found, request.too-many-files, and all of `engine.start`
 */
export async function runStart(parts: Needs, command: StartCommand): Promise<Instance> {
  const { engine } = parts
  const { data, actor, idempotencyKey } = command
  const definition = latestOf(engine, command.workflow)
  if (!definition) throw unknownWorkflow(command.workflow)
  const ids = await mentioned(parts, definition.start, data, actor)
  const files = { ids, root: engine.idOf(command), ref: idempotencyKey }
  const started = await withFiles(parts, files, () => engine.start(command))
  return engine.settled(started._id, actor, SETTLE_MS)
}

/**
 * Sends a person's event; its files are tied to the root of the tree.
 * @throws AppError file.not-found, request.too-many-files, and all of `engine.send`
 */
export async function runSend(parts: Needs, command: SendCommand): Promise<Instance> {
  const { engine } = parts
  const { type, data, actor, idempotencyKey } = command
  const { workflow, version, root } = await engine.read(command.instance, actor)
  const definition = engine.workflows.find((each) => each.id === workflow && each.version === version)
  // A name like `constructor` must not reach a table of events by inheritance.
  const schema = definition && Object.hasOwn(definition.events, type) ? definition.events[type] : undefined
  if (definition && !schema)
    throw unprocessable('event.unknown', `${workflow} knows no event ${type}`, { details: { type, workflow } })
  const ids = schema ? await mentioned(parts, schema, data, actor) : []
  const sent = await withFiles(parts, { ids, root, ref: idempotencyKey }, () => engine.send(command))
  return engine.settled(sent._id, actor, SETTLE_MS)
}

/** The version that new instances start with. */
export const latestOf = ({ workflows }: Pick<Engine, 'workflows'>, id: string): WorkflowDefinition | undefined =>
  workflows.filter((each) => each.id === id).toSorted((one, other) => other.version - one.version)[0]

export const unknownWorkflow = (workflow: string) =>
  notFound('workflow.not-found', 'no such workflow', { details: { workflow } })

/** Ids of the files in `data`, each of which the actor may read. */
async function mentioned(parts: Needs, schema: z.ZodType, data: unknown, actor: Actor) {
  const ids = fileIds(schema, data)
  if (ids.length > FILES_MAX) throw tooLarge('request.too-many-files', 'more files than one command may carry')
  const found = await Promise.all(ids.map((id) => readableFile(parts, id, actor)))
  const missing = ids.filter((_id, index) => !found[index])
  if (missing.length > 0) throw notFound('file.not-found', 'no such file', { details: { files: missing } })
  return ids
}

interface CommandFiles {
  ids: readonly string[]
  root: string
  /** What attaches them: the command's key. */
  ref: string
}

/**
 * Ties the files first, so that a crash after the commit leaves no letter without its scan; a refused command gives
 * them back. Under a key that was used before they stay: they may belong to the command that was carried out.
 */
async function withFiles(
  { documents: { files } }: Needs,
  { ids, root, ref }: CommandFiles,
  command: () => Promise<Instance>,
): Promise<Instance> {
  if (ids.length === 0) return command()
  await files.attach(ids, root, ref)
  try {
    return await command()
  } catch (error) {
    const isRefusal = error instanceof AppError && error.kind !== 'unavailable'
    if (isRefusal && error.code !== 'idempotency.mismatch') await files.detach(ids, root, ref)
    throw error
  }
}
