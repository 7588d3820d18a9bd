import type { DocumentVersion } from '../../documents/index.ts'
import type { Instance, Task, TaskItem } from '../../engine/index.ts'

/** What the API shows of the rooms' own forms; names and shapes here are a contract with the outside. */

const showTask = ({ id, state, title, for: keys, events, openedAt, dueAt, seenAt }: Task) => ({
  id,
  state,
  title,
  for: keys,
  events,
  openedAt,
  dueAt,
  seenAt,
})

export const showInstance = (instance: Instance) => ({
  id: instance._id,
  workflow: instance.workflow,
  version: instance.version,
  revision: instance.revision,
  state: instance.value,
  status: instance.status,
  tasks: instance.tasks.map(showTask),
  summary: instance.summary,
  data: instance.context,
  unit: instance.unit,
  parent: instance.parent?.instance ?? null,
  root: instance.root,
  output: instance.output,
  startedAt: instance.startedAt,
  updatedAt: instance.updatedAt,
  endedAt: instance.endedAt,
})

export const showTrayItem = ({ task, ...item }: TaskItem) => ({ ...item, task: showTask(task) })

export const showDocument = (document: DocumentVersion) => ({
  id: document.fileId,
  instance: document.instance,
  series: document.series,
  version: document.version,
  title: document.title,
  layout: document.layout,
  at: document.at,
  sha256: document.sha256,
  mediaType: document.mediaType,
  bytes: document.bytes,
  pages: document.pages,
})
