import type { Chrome, RefusalView } from '../../../src/http/index.ts'
import { moment } from './format.ts'
import { type Labels, word } from '../labels/index.ts'

/** A fact of a refusal as a person reads it. */
function fact(value: unknown, chrome: Chrome, labels: Labels): string {
  if (value instanceof Date) return moment(value, chrome, labels)
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value)) return moment(new Date(value), chrome, labels)
  return typeof value === 'string' || typeof value === 'number' ? String(value) : labels.someone
}

/** The sentence for a refusal: the workflow's own, else the code's, else that of its kind. */
export function refusalText(refusal: RefusalView, chrome: Chrome, labels: Labels): string {
  const sentence = refusal.title
    ? word(refusal.title, chrome.language)
    : (labels.refusals[refusal.code] ?? labels.refusalKinds[refusal.kind] ?? labels.refusalKinds.conflict ?? '')
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => fact(refusal.details[name], chrome, labels))
}

const isHolder = (value: unknown): value is { holder: string } =>
  typeof value === 'object' && value !== null && typeof (value as { holder?: unknown }).holder === 'string'

/** In the place of the form that was refused; focused, so that it is read first. */
export function Refusal({ refusal, chrome, labels }: { refusal: RefusalView; chrome: Chrome; labels: Labels }) {
  const open = Array.isArray(refusal.details.open) ? refusal.details.open.filter(isHolder) : []
  return (
    <div class="refusal" role="alert" id="refusal" tabIndex={-1}>
      <p>{refusalText(refusal, chrome, labels)}</p>
      {open.length > 0 ? (
        <p>
          {labels.stillOpen}: <strong>{open.map(({ holder }) => holder).join(', ')}</strong>.
        </p>
      ) : null}
    </div>
  )
}
