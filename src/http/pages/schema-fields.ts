import type { Control, Field, Option } from '../views/index.ts'

/** The part of JSON Schema that forms are made from. */
export interface Schema {
  type?: string
  title?: string
  format?: string
  enum?: string[]
  maxLength?: number
  default?: unknown
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  /** Our own mark of what a string stands for. */
  mahakam?: 'file' | 'position'
}

export interface FieldOptions {
  /** Posts that may be chosen. */
  posts: Option[]
  /** Choices for a field by its name, where the schema cannot know them. */
  choices?: Record<string, Option[]>
  /** What is filled in already, by field name. */
  values?: Record<string, unknown>
}

/** From this length on a text gets several lines. */
const LONG_TEXT = 600
const DEPTH_MAX = 4

/** The schema beside `null`. */
const settled = (schema: Schema): Schema => schema.anyOf?.find(({ type }) => type !== 'null') ?? schema

function controlOf(schema: Schema): Control | null {
  const { type, format, mahakam, items } = schema
  if (mahakam === 'position') return 'post'
  if (mahakam === 'file') return 'file'
  if (schema.enum) return 'choice'
  if (type === 'boolean') return 'flag'
  if (type === 'number' || type === 'integer') return 'number'
  if (type === 'array') return itemsControl(settled(items ?? {}))
  if (type !== 'string') return null
  if (format === 'date') return 'date'
  if (format === 'date-time') return 'datetime'
  return (schema.maxLength ?? 0) > LONG_TEXT ? 'textarea' : 'text'
}

function itemsControl(items: Schema): Control | null {
  if (items.mahakam === 'file') return 'file'
  if (items.mahakam === 'position') return 'posts'
  return items.enum ? 'choices' : null
}

const option = (value: string): Option => ({ value, label: null, hint: null })

function textsOf(value: unknown): string[] {
  if (value === null || value === undefined) return []
  return Array.isArray(value) ? value.map(String) : [String(value)]
}

function fieldOf(name: string, schema: Schema, required: boolean, options: FieldOptions): Field | null {
  const inner = settled(schema)
  const known = options.choices?.[name]
  const control = known ? 'choice' : controlOf(inner)
  if (!control) return null
  const isPost = control === 'post' || control === 'posts'
  const listed = (inner.enum ?? settled(inner.items ?? {}).enum ?? []).map(option)
  const standard = schema.default ?? inner.default ?? null
  return {
    name,
    control,
    title: inner.title ? { id: inner.title, en: inner.title } : null,
    // With a standard choice there is always an answer.
    required: required || (control === 'choice' && standard !== null),
    options: known ?? (isPost ? options.posts : listed),
    maxLength: inner.maxLength ?? null,
    values: textsOf(options.values?.[name] ?? standard),
    error: null,
  }
}

/** Questions of a form from the JSON Schema of an event's data; nested objects become dotted names. */
export function fieldsOf(schema: Schema, options: FieldOptions, prefix = '', depth = 0): Field[] {
  if (depth > DEPTH_MAX) return []
  return Object.entries(schema.properties ?? {}).flatMap(([key, property]) => {
    const name = prefix + key
    const inner = settled(property)
    if (inner.properties) return fieldsOf(inner, options, `${name}.`, depth + 1)
    const field = fieldOf(name, property, schema.required?.includes(key) ?? false, options)
    return field ? [field] : []
  })
}
