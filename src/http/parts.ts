import type { Readable } from 'node:stream'
import type { Request, Response, Router } from 'express'
import type { Actor, Engine } from '../engine/index.ts'
import type { AppError, Logger } from '../platform/index.ts'
import type { Language } from './views/index.ts'

/** A file the office keeps, as far as the wire needs to know it. */
export interface KeptFile {
  id: string
  name: string
  mediaType: string
  bytes: number
  sha256: string
  /** Null where pages are not counted. */
  pages: number | null
  /** Person id of the uploader; null for what the office itself drew. */
  uploadedBy: string | null
}

/** What was handed in: a temporary file on disk that `accept` reads, judges and stores. */
export interface Upload {
  path: string
  /** As sent; cleaned by the documents room. */
  originalName: string
  declaredType: string
  uploadedBy: string
}

export interface FileStore {
  /** @throws AppError file.* when the content is not what the office takes in */
  accept(upload: Upload): Promise<KeptFile>
  get(id: string): Promise<KeptFile | null>
  /** `range` in bytes, both ends inside. */
  open(id: string, range?: { start: number; end: number }): Promise<Readable>
  /** PNG of page `page` (from 1), about `width` px wide; null where no picture can be made. */
  preview(id: string, page: number, width: number): Promise<Buffer | null>
  /** Ties files to the root instance whose readers may read them; again is harmless. */
  attach(ids: readonly string[], root: string): Promise<void>
  /** Root instances the file is tied to. */
  attachedTo(id: string): Promise<readonly string[]>
}

/** A paper of an instance: what came in or what was drawn, newest version last. */
export interface DocumentItem {
  file: string
  [key: string]: unknown
}

export interface Documents {
  files: FileStore
  ofInstance(instance: string): Promise<readonly DocumentItem[]>
}

export interface Person {
  id: string
  name: string
  username?: string
  /** Language of choice, when known. */
  language?: Language | null | undefined
}

export interface Session {
  id: string
  person: string
}

export interface Organization {
  actorOf(person: string): Promise<Actor>
  person(id: string): Promise<Person | null>
  /** Keeps the language a person chose; absent: the choice lives in a cookie alone. */
  setLanguage?(person: string, language: Language): Promise<void>
  sessions: {
    create(person: string, facts: { userAgent: string }): Promise<{ secret: string; session: Session }>
    resolve(secret: string): Promise<Session | null>
    revoke(secret: string): Promise<void>
  }
  tokens: { resolve(token: string): Promise<{ person: string } | null> }
  signIn: {
    /** @throws AppError session.credentials, session.throttled */
    password(username: string, password: string, address: string): Promise<Person>
    /** Trial only. @throws AppError session.credentials */
    persona(person: string): Promise<Person>
  }
}

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
