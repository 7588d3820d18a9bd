import type { ActingPerson, Label, Summary } from './definition.ts'

/** JSON as MongoDB keeps it. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

export type InstanceStatus = 'active' | 'done' | 'stopped' | 'parked'

/** An open task in a tray. Embedded in the instance; gone from here when its state is left (the audit keeps it). */
export interface Task {
  /** `<revision of opening>-<state path with dashes>`; unique within the instance. */
  id: string
  /** State path inside the machine, dots between levels. */
  state: string
  /** Tray keys: `position:<id>`, `role:<role>@<unit>`, `role:<role>`, `unit:<id>`. */
  for: string[]
  title: Label
  events: string[]
  onSeen: string | null
  openedAt: Date
  dueAt: Date | null
  seenAt: Date | null
  seenBy: ActingPerson | null
}

/** An activity or child workflow that a state is waiting for, or a spawned child. */
export interface Invocation {
  /** Message id that started it; an answer must carry it. */
  id: string
  /** XState's id of the invoke or the spawned child. */
  invoke: string
  /** Path of the state that invoked it; null for a spawned child, which outlives states. */
  state: string | null
  kind: 'activity' | 'workflow'
  src: string
  /** Child instance id for workflows. */
  child: string | null
  openedAt: Date
}

/** Outbox row: work that follows from a commit and is not done yet. */
export interface Message {
  /** `<epoch>.<instance>.<revision>.<n>` */
  id: string
  kind: 'activity' | 'effect' | 'start' | 'answer' | 'cancel' | 'send'
  name: string
  input: Json
  /** When a sweeper offers it (again). */
  offerAt: Date
  tries: number
  /** Workers that died or were lost while holding it. */
  lastError: string | null
}

export interface Timer {
  id: string
  /** The event XState expects. */
  event: { type: string; [key: string]: Json }
  state: string | null
  startedAt: Date
  dueAt: Date
  /** As written: wall ms or a working span. */
  delay: Json
  calendarVersion: string | null
}

export interface TaskClosing {
  task: string
  state: string
  for: string[]
  openedAt: Date
  seenAt: Date | null
  wallMs: number
  workingMs: number
  /** Working ms from opening to first look; null if never looked at. */
  unseenWorkingMs: number | null
}

/** One entry of an instance's hash chain. `hash` = sha256 of the RFC 8785 form of everything else in the entry. */
export interface AuditEntry {
  seq: number
  instance: string
  revision: number
  at: Date
  kind: 'start' | 'event' | 'seen' | 'activity' | 'effect' | 'timer' | 'child' | 'refused-answer' | 'operator'
  /** Event type, activity name or effect name. */
  event: string
  by: ActingPerson | null
  /** Idempotency key of the command, hashed with its sender; null for the engine's own. */
  operation: string | null
  data: Json
  from: Json
  to: Json
  /** State paths in the order they were left and entered. */
  left: string[]
  entered: string[]
  opened: { task: string; state: string; for: string[]; dueAt: Date | null }[]
  closed: TaskClosing[]
  /** Since the previous entry of this instance. */
  wallMs: number
  workingMs: number
  calendarVersion: string
  previous: string
  hash: string
}

/** The whole file of one running process, one MongoDB document. */
export interface Instance {
  _id: string
  format: 1
  workflow: string
  version: number
  fingerprint: string
  revision: number
  /** Last revision at which a person acted or the state changed; a client's `revision` below it is stale. */
  decisiveRevision: number
  status: InstanceStatus
  value: Json
  context: Record<string, Json>
  historyValue: Record<string, string[]>
  output: Json
  /** Why a parked instance stands still, or which last work of an ended one failed. */
  problem: string | null
  /** Owning unit: its calendar counts, its readers read. */
  unit: string
  root: string
  parent: { instance: string; invocation: string } | null
  /** Depth below the root; 0 for the root. */
  depth: number
  summary: Summary
  /** The summary's words in lower case, for search. */
  searchText: string
  priority: number
  /** Tray keys that ever had a task here, and the definition's readers: who may read. */
  access: string[]
  tasks: Task[]
  /** Opening of the oldest open task. */
  waitingSince: Date | null
  invocations: Invocation[]
  messages: Message[]
  timers: Timer[]
  /** Earliest due time over timers and messages; null when nothing waits. Sweepers' index. */
  wakeAt: Date | null
  /** The newest entries; older ones are in the audit collection. */
  audit: AuditEntry[]
  auditCount: number
  chainHead: string
  startedBy: ActingPerson | null
  startedAt: Date
  updatedAt: Date
  endedAt: Date | null
}
