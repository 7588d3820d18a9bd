import { type Connection, type InferSchemaType, Schema } from 'mongoose'

const text = { type: String, required: true } as const
const optional = { type: String, default: null } as const
const day = { type: Date, required: true } as const

const unitSchema = new Schema(
  {
    _id: text,
    name: text,
    /** Unit above; null for the province itself. */
    parent: optional,
    /** First line of its letterhead. */
    parentName: text,
    address: text,
    /** In letter numbers. */
    code: text,
    /** IANA name. */
    zone: text,
  },
  { versionKey: false },
)

const positionSchema = new Schema(
  {
    _id: text,
    unit: { ...text, index: true },
    title: text,
    /** Post above, of the same unit or of the one above it; null for the highest. */
    superior: { type: String, default: null, index: true },
    /** `head`, `secretary`, `registrar`, `verifier`, `admin` … */
    roles: { type: [String], required: true },
    /** Place in lists, the highest post first. */
    order: { type: Number, required: true },
  },
  { versionKey: false },
)

const personSchema = new Schema(
  {
    _id: text,
    name: text,
    username: { ...text, unique: true },
    nip: optional,
    rank: optional,
    passwordHash: optional,
    language: { type: String, enum: ['id', 'en'], default: 'id' },
    /** Shown on the trial's sign-in page, in this order; null: not shown. */
    persona: { type: Number, default: null },
    personaLine: { id: optional, en: optional },
  },
  { versionKey: false },
)

const holdingSchema = new Schema(
  {
    _id: text,
    position: { ...text, index: true },
    person: { ...text, index: true },
    capacity: { type: String, enum: ['definitive', 'plt', 'plh', 'pj'], required: true },
    from: day,
    /** First moment it no longer counts; null: open. */
    until: { type: Date, default: null },
  },
  { versionKey: false },
)

const sessionSchema = new Schema(
  {
    /** sha256 of the cookie's secret: the database alone opens no session. */
    _id: text,
    person: { ...text, index: true },
    csrf: text,
    userAgent: text,
    createdAt: day,
    seenAt: day,
    expiresAt: { ...day, index: { expireAfterSeconds: 0 } },
  },
  { versionKey: false },
)

const tokenSchema = new Schema(
  {
    /** sha256 of the token. */
    _id: text,
    person: { ...text, index: true },
    label: text,
    createdAt: day,
    expiresAt: { type: Date, default: null },
    lastUsedAt: { type: Date, default: null },
  },
  { versionKey: false },
)

export type Unit = InferSchemaType<typeof unitSchema>
export type Position = InferSchemaType<typeof positionSchema>
export type Person = InferSchemaType<typeof personSchema>
export type Holding = InferSchemaType<typeof holdingSchema>
export type Session = InferSchemaType<typeof sessionSchema>
export type Token = InferSchemaType<typeof tokenSchema>

/** The room's collections; call `prepare` once before use. */
export function modelsOf(connection: Connection) {
  const models = {
    units: connection.model('Unit', unitSchema, 'units'),
    positions: connection.model('Position', positionSchema, 'positions'),
    persons: connection.model('Person', personSchema, 'persons'),
    holdings: connection.model('Holding', holdingSchema, 'holdings'),
    sessions: connection.model('Session', sessionSchema, 'sessions'),
    tokens: connection.model('Token', tokenSchema, 'tokens'),
  }
  const prepare = async () => {
    await Promise.all(Object.values(models).map((model) => model.init()))
  }
  return { ...models, prepare }
}

export type Models = ReturnType<typeof modelsOf>
