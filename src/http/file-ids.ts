import type { z } from 'zod'

/** The mark a workflow's schema puts on strings that name a kept file: `.meta({ mahakam: 'file' })`. */
const MARK = 'file'
const IDS_MAX = 200
const DEPTH_MAX = 20

/** The parts of zod's schema definitions that lead further down. */
interface Definition {
  type: string
  shape?: Record<string, z.ZodType>
  element?: z.ZodType
  valueType?: z.ZodType
  innerType?: z.ZodType
  options?: readonly z.ZodType[]
  items?: readonly z.ZodType[]
  left?: z.ZodType
  right?: z.ZodType
  in?: z.ZodType
  out?: z.ZodType
  getter?: () => z.ZodType
}

const isMarked = (schema: z.ZodType): boolean => (schema.meta() as { mahakam?: unknown } | undefined)?.mahakam === MARK

/** Schemas that describe the very same value. */
function sameValue({ innerType, options = [], left, right, in: input, out, getter }: Definition): z.ZodType[] {
  return [innerType, ...options, left, right, input, out, getter?.()].filter((each) => each !== undefined)
}

/** Pairs of schema and value one level down. */
function below({ shape = {}, element, items, valueType }: Definition, data: object): [z.ZodType, unknown][] {
  if (Array.isArray(data)) {
    const schemaAt = (index: number) => element ?? items?.[index]
    return data.slice(0, IDS_MAX).flatMap((value, index): [z.ZodType, unknown][] => {
      const schema = schemaAt(index)
      return schema ? [[schema, value]] : []
    })
  }
  if (valueType) return Object.values(data).map((value) => [valueType, value])
  return Object.entries(shape).flatMap(([key, schema]) => (Object.hasOwn(data, key) ? [[schema, Reflect.get(data, key)]] : []))
}

function collect(schema: z.ZodType, data: unknown, found: Set<string>, depth: number): void {
  if (depth > DEPTH_MAX || found.size >= IDS_MAX || data === null || data === undefined) return
  if (isMarked(schema) && typeof data === 'string') found.add(data)
  const definition = schema.def as unknown as Definition
  for (const same of sameValue(definition)) collect(same, data, found, depth + 1)
  if (typeof data === 'object') for (const [part, value] of below(definition, data)) collect(part, value, found, depth + 1)
}

/** Ids of kept files that `data` mentions where `schema` says so, each once, at most 200; of any data, valid or not. */
export function fileIds(schema: z.ZodType, data: unknown): string[] {
  const found = new Set<string>()
  collect(schema, data, found, 0)
  return [...found]
}
