import type { Urgency } from '../../../src/http/index.ts'
import type { Labels } from '../labels/index.ts'

/** The urgency as a word; ordinary letters carry none. */
export function UrgencyTag({ urgency, labels }: { urgency: Urgency; labels: Labels }) {
  return urgency === 'biasa' ? null : <span class={`tag tag-${urgency}`}>{labels.urgency[urgency]}</span>
}
