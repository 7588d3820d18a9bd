import { resolve } from 'node:path'
import { z } from 'zod'
import { invalidInput } from './errors.ts'
import { readSecretFile, trialSecret } from './secret.ts'

const SECRET_CHARACTERS_MIN = 32
const LOOPBACK = '127.0.0.1'

const wholeNumber = (min: number, max: number) => z.coerce.number().int().min(min).max(max)
const loopbackNames = new Set(['localhost', LOOPBACK, '[::1]'])
const isPrivateOrSecure = (text: string) => {
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || loopbackNames.has(hostname)
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** One entry per environment variable; the names are public, `.env.example` explains each. */
const environment = z.object({
  MAHAKAM_MODE: z.enum(['trial', 'production']).default('trial'),
  /** `web` answers people, `worker` does the jobs and timers, `all` is both in one process. */
  MAHAKAM_ROLE: z.enum(['web', 'worker', 'all']).default('all'),
  PORT: wholeNumber(1, 65_535).default(3000),
  /** Production only: the trial listens on loopback whatever is said here. */
  HOST: z.string().default('0.0.0.0'),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\/./, 'must begin with mongodb:// or mongodb+srv://')
    .optional(),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\/./, 'must begin with redis:// or rediss://')
    .optional(),
  MAHAKAM_DATA_DIR: z.string().default('.data'),
  MAHAKAM_BINARY_DIR: z.string().optional(),
  /** What people type and what letters carry in their QR code; https except on this very machine. */
  MAHAKAM_BASE_URL: z
    .url({ protocol: /^https?$/ })
    .refine(isPrivateOrSecure, 'must use https, because passwords travel over it')
    .optional(),
  MAHAKAM_SECRET: z.string().min(SECRET_CHARACTERS_MIN).optional(),
  MAHAKAM_SECRET_FILE: z.string().optional(),
  MAHAKAM_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  MAHAKAM_UPLOAD_BYTES_MAX: wholeNumber(1_024, 1_073_741_824).default(52_428_800),
  MAHAKAM_UPLOAD_PAGES_MAX: wholeNumber(1, 10_000).default(500),
  /** Invented letters in the trial's first start; 0: the province alone. */
  MAHAKAM_DEMO_LETTERS: wholeNumber(0, 400).default(60),
  MAHAKAM_STOP_TIMEOUT_MS: wholeNumber(100, 600_000).default(8_000),
  /** The braces keep all keys of the queues in one slot of a Redis Cluster. */
  MAHAKAM_QUEUE_PREFIX: z
    .string()
    .regex(/^\{[a-z0-9-]{1,40}\}$/, 'must be a short lower-case name in braces, such as {mahakam}')
    .default('{mahakam}'),
  /** Zone of clocks and dates for a unit that names none of its own. */
  MAHAKAM_CLOCK_ZONE: z.string().refine(isZone, 'must be a time zone such as Asia/Makassar').default('Asia/Makassar'),
})

/** Names of all environment variables that are read. */
export const configNames: readonly string[] = Object.keys(environment.shape)

type Environment = z.infer<typeof environment>
type Problems = z.core.$ZodIssue[]

/** Everything the product can be told from outside; read once, then handed on in parts and never changed. */
export interface Config {
  readonly mode: 'trial' | 'production'
  readonly role: 'web' | 'worker' | 'all'
  readonly port: number
  readonly host: string
  readonly mongodbUri?: string
  readonly redisUrl?: string
  /** Absolute path. */
  readonly dataDir: string
  /** Where fetched server programs are kept. Absolute path. */
  readonly binaryDir: string
  /** Without a slash at its end. */
  readonly baseUrl: string
  /** Signs cookies and tokens; at least 32 characters. */
  readonly secret: string
  readonly logLevel: string
  readonly uploadBytesMax: number
  readonly uploadPagesMax: number
  readonly demoLetters: number
  readonly stopTimeoutMs: number
  readonly queuePrefix: string
  /** IANA name. */
  readonly clockZone: string
}

/**
 * Reads the configuration from environment variables; an empty one counts as absent.
 * In trial mode without a secret, one is made and kept in the data directory.
 * @throws config.invalid with every problem in its message, one per line
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Readonly<Config> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = environment.safeParse(given)
  const secret = given.MAHAKAM_SECRET_FILE ? readSecretFile(given.MAHAKAM_SECRET_FILE) : given.MAHAKAM_SECRET
  const problems = [
    ...(parsed.error?.issues ?? []),
    ...unknownNames(given),
    ...missingForMode(given),
    ...secretProblems(given, secret),
  ]
  if (!parsed.success || problems.length > 0) {
    throw invalidInput('config.invalid', z.prettifyError({ issues: problems }), {
      details: { names: problems.map((problem) => problem.path.join('.')) },
    })
  }
  return Object.freeze(toConfig(parsed.data, secret))
}

function toConfig(env: Environment, secret: string | undefined): Config {
  const isTrial = env.MAHAKAM_MODE === 'trial'
  const dataDir = resolve(env.MAHAKAM_DATA_DIR)
  return {
    mode: env.MAHAKAM_MODE,
    role: env.MAHAKAM_ROLE,
    port: env.PORT,
    host: isTrial ? LOOPBACK : env.HOST,
    ...(env.MONGODB_URI === undefined ? {} : { mongodbUri: env.MONGODB_URI }),
    ...(env.REDIS_URL === undefined ? {} : { redisUrl: env.REDIS_URL }),
    dataDir,
    binaryDir: resolve(env.MAHAKAM_BINARY_DIR ?? `${dataDir}/bin`),
    baseUrl: (env.MAHAKAM_BASE_URL ?? `http://${LOOPBACK}:${env.PORT}`).replace(/\/+$/, ''),
    secret: secret ?? trialSecret(dataDir),
    logLevel: env.MAHAKAM_LOG_LEVEL,
    uploadBytesMax: env.MAHAKAM_UPLOAD_BYTES_MAX,
    uploadPagesMax: env.MAHAKAM_UPLOAD_PAGES_MAX,
    demoLetters: env.MAHAKAM_DEMO_LETTERS,
    stopTimeoutMs: env.MAHAKAM_STOP_TIMEOUT_MS,
    queuePrefix: env.MAHAKAM_QUEUE_PREFIX,
    clockZone: env.MAHAKAM_CLOCK_ZONE,
  }
}

const problem = (name: string, message: string): Problems[number] => ({
  code: 'custom',
  path: [name],
  message,
  input: undefined,
})

/** A real office has no default password and no throw-away store; a lone role has nobody to start servers for it. */
function missingForMode(given: Record<string, string | undefined>): Problems {
  const isProduction = given.MAHAKAM_MODE === 'production'
  const isLoneRole = given.MAHAKAM_ROLE === 'web' || given.MAHAKAM_ROLE === 'worker'
  const needed = isProduction || isLoneRole ? ['MONGODB_URI', 'REDIS_URL'] : []
  if (isProduction) needed.push('MAHAKAM_BASE_URL')
  const reason = isProduction ? 'MAHAKAM_MODE=production' : `MAHAKAM_ROLE=${given.MAHAKAM_ROLE}`
  return needed.filter((name) => !given[name]).map((name) => problem(name, `is required with ${reason}`))
}

function secretProblems(given: Record<string, string | undefined>, secret: string | undefined): Problems {
  if (given.MAHAKAM_SECRET_FILE) {
    if (given.MAHAKAM_SECRET) return [problem('MAHAKAM_SECRET_FILE', 'give the secret or the file, not both')]
    const isLongEnough = (secret ?? '').length >= SECRET_CHARACTERS_MIN
    const text = `must name a readable file with at least ${SECRET_CHARACTERS_MIN} characters`
    return isLongEnough ? [] : [problem('MAHAKAM_SECRET_FILE', text)]
  }
  if (secret !== undefined || given.MAHAKAM_MODE !== 'production') return []
  return [problem('MAHAKAM_SECRET', 'is required with MAHAKAM_MODE=production (or MAHAKAM_SECRET_FILE)')]
}

/** A misspelt name would silently leave the default in force. */
function unknownNames(given: Record<string, unknown>): Problems {
  return Object.keys(given)
    .filter((name) => name.startsWith('MAHAKAM_') && !configNames.includes(name))
    .map((name) => problem(name, `is not known; did you mean ${nearest(name)}?`))
}

function nearest(name: string): string {
  const ours = configNames.filter((candidate) => candidate.startsWith('MAHAKAM_'))
  const sorted = ours.toSorted((left, right) => editDistance(name, left) - editDistance(name, right))
  return sorted[0] ?? ''
}

/** Levenshtein distance, one row at a time. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...to].entries()) {
      const swap = (row[j] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(swap, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}
