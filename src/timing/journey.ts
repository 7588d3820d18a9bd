import type { Label } from '../engine/index.ts'

/** One continuous part of a branch. Waiting: nobody has looked or acted yet; acting: seen, work under way. */
export interface Stretch {
  id: string
  title: Label
  /** The post (or pool) that has or had it, for people; null for the machine's own work. */
  holder: string | null
  /** Tray keys of the holder. */
  for: string[]
  kind: 'waiting' | 'acting' | 'machine'
  from: Date
  /** Null while it still runs. */
  to: Date | null
  wallMs: number
  workingMs: number
  /** Allowed working ms from opening to deadline, if there is one. */
  allowedWorkingMs: number | null
  late: boolean
}

/** The stretches of one instance; a child branch leaves its parent at `forkedAt` and joins at `joinedAt`. */
export interface Branch {
  instance: string
  parent: string | null
  title: string
  holder: string | null
  forkedAt: Date
  joinedAt: Date | null
  open: boolean
  stretches: Stretch[]
}

/** A letter's river: branches in the order they appeared, the root first. */
export interface Journey {
  branches: Branch[]
  now: Date
  wallMs: number
  workingMs: number
  /** Usual remaining working time from comparable closed cases; null when there are too few. */
  remaining: { lowMs: number; highMs: number; cases: number } | null
}
