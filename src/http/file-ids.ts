import type { z } from 'zod'
import { tooLarge } from '../platform/index.ts'

/** Nodes looked at per command; data are bounded by the body limit anyway. */
const NODES_MAX = 20_000
const DEPTH_MAX = 40

interface Def {
  type: string
  shape?: Record<string, z.ZodType>
  element?: z.ZodType
  innerType?: z.ZodType
  in?: z.ZodType
  options?: z.ZodType[]
  left?: z.ZodType
  right?: z.ZodType
  items?: z.ZodType[]
  rest?: z.ZodType | null
  valueType?: z.ZodType
  getter?: () => z.ZodType
}

// Zod keeps how a schema is built in `def`; its type is per class, ours is what all of them may carry.
const defOf = (schema: z.ZodType): Def => schema.def as unknown as Def

const isMarked = (schema: z.ZodType): boolean => schema.meta()?.mahakam === 'file'

/** Schemas that wrap others and look at the same value. */
const through = (def: Def): z.ZodType[] =>
  [def.innerType, def.in, def.left, def.right, def.getter?.(), ...(def.options ?? [])].filter((each) => !!each)

interface Visit {
  schema: z.ZodType
  value: unknown
  depth: number
}

const own = (value: object, key: string): unknown =>
  Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined

function below({ schema, value, depth }: Visit): Visit[] {
  const def = defOf(schema)
  const at = (child: z.ZodType, part: unknown): Visit => ({ schema: child, value: part, depth: depth + 1 })
  const same = through(def).map((child) => at(child, value))
  if (value === null || typeof value !== 'object') return same
  if (Array.isArray(value)) {
    const { items = [], rest, element } = def
    const parts = value.flatMap((part: unknown, index) => {
      const child = element ?? items[index] ?? rest
      return child ? [at(child, part)] : []
    })
    return [...same, ...parts]
  }
  const members = Object.entries(def.shape ?? {}).map(([key, child]) => at(child, own(value, key)))
  const { valueType } = def
  const entries = valueType ? Object.values(value).map((part: unknown) => at(valueType, part)) : []
  return [...same, ...members, ...entries]
}

/**
 * Ids of the files that `data` mentions, found where the schema says `.meta({ mahakam: 'file' })` on a string. Works on
 * data not validated yet; what does not fit the schema is passed over, the engine refuses it anyway.
 * @throws AppError request.too-large rather than overlook one
 */
export function fileIds(schema: z.ZodType, data: unknown): string[] {
  const found = new Set<string>()
  const open: Visit[] = [{ schema, value: data, depth: 0 }]
  for (let seen = 0; open.length > 0; seen++) {
    if (seen > NODES_MAX) throw tooLarge('request.too-large', 'more values than one command may carry')
    const visit = open.pop()
    if (!visit) break
    if (isMarked(visit.schema) && typeof visit.value === 'string') found.add(visit.value)
    if (visit.depth < DEPTH_MAX) open.push(...below(visit))
  }
  return [...found]
}
