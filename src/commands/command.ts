export interface CommandOptions {
  json?: boolean | undefined
  user?: string | undefined
  label?: string | undefined
  days?: string | undefined
  id?: string | undefined
  reason?: string | undefined
  file?: string | undefined
  'dry-run'?: boolean | undefined
}

/** What a command has to say: for people and for machines. */
export interface Outcome {
  ok: boolean
  text: string
  data: unknown
}
