import { z } from 'zod'

/** The shapes of the API: they validate what comes in, describe what goes out, and make the OpenAPI document. */

const ID_MAX = 100

export const id = z
  .string()
  .min(1)
  .max(ID_MAX)
  .regex(/^[A-Za-z0-9._:-]+$/)

export const label = z.object({ id: z.string(), en: z.string() })
const json = z.unknown().meta({ description: 'Any JSON value' })
const moment = z.iso.datetime()
const object = z.record(z.string(), z.unknown())

const paging = {
  cursor: z.string().max(500).optional().meta({ description: '`next` of the page before' }),
  limit: z.coerce.number().int().min(1).max(100).optional().meta({ description: 'Default 20' }),
}
const lang = z.enum(['id', 'en']).optional().meta({ description: 'Language of titles in errors' })

export const startBody = z.strictObject({ workflow: id, data: json })
export const sendBody = z.strictObject({
  type: z.string().min(1).max(ID_MAX),
  data: json.optional(),
  revision: z.int().min(0).optional().meta({ description: 'The revision the sender saw' }),
})
export const instanceQuery = z.object({
  workflow: id.optional(),
  status: z.enum(['active', 'done', 'stopped', 'parked']).optional(),
  unit: id.optional(),
  root: id.optional(),
  text: z.string().max(200).optional().meta({ description: 'Words looked for in the summary' }),
  lang,
  ...paging,
})
export const taskQuery = z.object({ workflow: id.optional(), lang, ...paging })
export const previewQuery = z.object({
  w: z.coerce.number().int().min(16).max(4_000).default(960).meta({ description: 'Width in pixels' }),
})

export const task = z.object({
  id: z.string(),
  state: z.string(),
  title: label,
  for: z.array(z.string()),
  events: z.array(z.string()),
  openedAt: moment,
  dueAt: moment.nullable(),
  seenAt: moment.nullable(),
})
export const instance = z.object({
  id: z.string(),
  workflow: z.string(),
  version: z.int(),
  revision: z.int(),
  state: json.meta({ description: 'State value as XState writes it' }),
  status: z.enum(['active', 'done', 'stopped', 'parked']),
  tasks: z.array(task),
  summary: object,
  data: object.meta({ description: 'Context of the machine' }),
  unit: z.string(),
  parent: z.string().nullable(),
  root: z.string(),
  output: json,
  startedAt: moment,
  updatedAt: moment,
  endedAt: moment.nullable(),
})
const pageOf = <T extends z.ZodType>(items: T) => z.object({ items: z.array(items), next: z.string().nullable() })
export const instancePage = pageOf(instance)

export const trayItem = z.object({
  id: z.string(),
  instance: z.string(),
  root: z.string(),
  workflow: z.string(),
  unit: z.string(),
  summary: object,
  priority: z.number(),
  task,
})
export const taskPage = pageOf(trayItem)

export const offer = z.object({
  type: z.string(),
  title: label,
  schema: object.meta({ description: 'JSON Schema of `data`' }),
  task: z.string().nullable(),
  possible: z.boolean(),
  reason: z.object({ code: z.string(), title: label, details: object }).nullable(),
})
export const offerList = z.object({ items: z.array(offer) })

const acting = z.object({
  person: z.string(),
  name: z.string(),
  position: z.string(),
  title: z.string(),
  unit: z.string(),
  capacity: z.string(),
})
export const auditEntry = z.object({
  seq: z.int(),
  instance: z.string(),
  revision: z.int(),
  at: moment,
  kind: z.string(),
  event: z.string(),
  by: acting.nullable(),
  operation: z.string().nullable(),
  data: json,
  from: json,
  to: json,
  left: z.array(z.string()),
  entered: z.array(z.string()),
  opened: z.array(object),
  closed: z.array(object),
  wallMs: z.number(),
  workingMs: z.number(),
  calendarVersion: z.string(),
  previous: z.string(),
  hash: z.string(),
})
export const auditList = z.object({ items: z.array(auditEntry) })

export const documentItem = z.object({
  id: z.string().meta({ description: 'Id of the file' }),
  instance: z.string(),
  series: z.string(),
  version: z.int(),
  title: z.string(),
  layout: z.string(),
  at: moment,
  sha256: z.string(),
  mediaType: z.string(),
  bytes: z.int(),
  pages: z.int(),
})
export const documentList = z.object({ items: z.array(documentItem) })

export const file = z.object({
  id: z.string(),
  name: z.string(),
  sha256: z.string(),
  mediaType: z.string(),
  bytes: z.int(),
  pages: z.int().nullable(),
})

export const workflowItem = z.object({ id: z.string(), version: z.int(), title: label, mayStart: z.boolean() })
export const workflowList = z.object({ items: z.array(workflowItem) })
export const workflow = z.object({
  id: z.string(),
  version: z.int(),
  title: label,
  machine: object.meta({ description: '`machine.config` as JSON, functions by their names' }),
  start: object.meta({ description: 'JSON Schema of the start data' }),
  events: z.record(z.string(), z.object({ title: label, schema: object })),
})

export const me = z.object({
  id: z.string(),
  name: z.string(),
  language: z.enum(['id', 'en']),
  posts: z.array(z.object({ position: z.string(), title: z.string(), unit: z.string(), capacity: z.string() })),
  tasks: z.int().meta({ description: 'Open tasks in the tray' }),
})

export const problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  instance: z.string().optional(),
})
