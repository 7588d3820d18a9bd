import type { Request, Response, Router } from 'express'
import type { Documents as DocumentsRoom } from '../documents/index.ts'
import type { Actor, Engine } from '../engine/index.ts'
import type { Organization as OrganizationRoom, Person } from '../organization/index.ts'
import type { AppError, Logger } from '../platform/index.ts'
import type { Language } from './views/index.ts'

/** What the office keeps: files handed in, papers drawn. */
export type Documents = Pick<DocumentsRoom, 'files' | 'ofInstance' | 'ofRoot'>

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
