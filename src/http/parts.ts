import type { Readable } from 'node:stream'
import type { Request, Response, Router } from 'express'
import type { Actor, Engine } from '../engine/index.ts'
import type { Organization as OrganizationRoom, Person } from '../organization/index.ts'
import type { AppError, Logger } from '../platform/index.ts'
import type { Language } from './views/index.ts'

/** A file the office keeps, as far as the wire needs to know it. */
export interface KeptFile {
  _id: string
  name: string
  mediaType: string
  bytes: number
  sha256: string
  /** Null where pages are not counted. */
  pages: number | null
  /** Null for what the office itself drew. */
  by: { person: string; name: string } | null
}

export interface FileStore {
  /** Looks into a temporary file and keeps its bytes. @throws AppError file.* when the office does not take it in */
  accept(upload: {
    source: { path: string }
    /** As sent; cleaned by the documents room. */
    originalName: string
    declaredType: string
    by: { person: string; name: string }
    unit: string
  }): Promise<{ id: string; sha256: string; mediaType: string; bytes: number; pages: number | null; name: string }>
  /** @throws AppError file.not-found */
  get(id: string): Promise<KeptFile>
  /** The bytes, or those from `start` to before `end`. */
  open(id: string, range?: { start: number; end: number }): Promise<Readable>
  /** Page `page` (from 1) made small, about `width` px. @throws AppError file.no-preview, file.no-such-page */
  preview(id: string, page: number, width: number): Promise<{ bytes: Buffer; mediaType: string }>
  /** Ties files to the root instance whose readers may read them; again is harmless. */
  attach(ids: readonly string[], root: string, ref: string): Promise<void>
  /** Root instances the file is tied to. @throws AppError file.not-found */
  attachedTo(id: string): Promise<readonly string[]>
}

/** A finished version of a drawn paper. */
export interface DocumentItem {
  fileId: string | null
  instance: string
  series: string
  version: number
  title: string
  layout: string
  at: Date
  sha256: string | null
  mediaType: string
  bytes: number | null
  pages: number | null
}

export interface Documents {
  files: FileStore
  ofInstance(instance: string): Promise<readonly DocumentItem[]>
}

/** Who people are, what they may act as, and how they prove it. */
export type Organization = Pick<OrganizationRoom, 'directory' | 'credentials'>

export interface HttpConfig {
  mode: 'trial' | 'production' | 'test'
  /** Where people reach the product, without a slash at the end; https makes cookies `Secure` and `__Host-`. */
  baseUrl: string
  uploadBytesMax: number
  /** Temporary uploads lie in a folder below it. */
  dataDir: string
  /** Reverse proxies in front whose `X-Forwarded-*` is believed; 0: none. */
  trustProxyHops?: number
}

export interface Readiness {
  ok: boolean
  checks: Record<string, { ok: boolean; detail?: string }>
}

/** What went wrong, for the page that says so. */
export interface Failure {
  status: number
  error: AppError
  language: Language
  requestId: string
}

/** Everything the wire is tied to; `compose.ts` fits the rooms in. */
export interface Parts {
  engine: Engine
  organization: Organization
  documents: Documents
  /** The page routes; null for an API alone. */
  pages: ((parts: Parts) => Router) | null
  /** The whole HTML document for a failure; null falls back to one plain line. */
  errorPage: ((failure: Failure, req: Request, res: Response) => string | Promise<string>) | null
  /** Folders served under `/assets`, first match wins. */
  assetsDirs: readonly string[]
  config: HttpConfig
  log: Logger
  ready(): Promise<Readiness>
}

/** Who asks, put into `res.locals.session` for every request outside `/healthz` and `/assets`. */
export interface Caller {
  /** Null for a stranger. */
  person: Person | null
  actor: Actor | null
  /** To be sent back as `_csrf` or `X-CSRF-Token` with everything that changes something; empty for tokens. */
  csrf: string
  language: Language
}
