import type { RefusalView } from '../../../src/http/index.ts'
import type { Labels } from '../labels/index.ts'

/** In the place of the form that was refused; focused, so that it is read first. */
export function Refusal({ refusal, labels }: { refusal: RefusalView; labels: Labels }) {
  return (
    <div class="refusal" role="alert" id="refusal" tabIndex={-1}>
      <p>{refusal.text}</p>
      {refusal.holders.length > 0 ? (
        <p>
          {labels.stillOpen}: <strong>{refusal.holders.join(', ')}</strong>.
        </p>
      ) : null}
    </div>
  )
}

/** What stands in the way of the last decision, told where it is decided again. */
export function Problem({ refusal }: { refusal: RefusalView }) {
  return (
    <div class="refusal">
      <p>{refusal.text}</p>
    </div>
  )
}

/** An act that one may do by right but not now: why, and who holds what it waits for. */
export function Blocked({ title, refusal, labels }: { title: string; refusal: RefusalView; labels: Labels }) {
  return (
    <div class="blocked">
      <p>
        <strong>{title}.</strong> {refusal.text}
      </p>
      {refusal.holders.length > 0 ? (
        <p>
          {labels.stillOpen}: {refusal.holders.join(', ')}.
        </p>
      ) : null}
    </div>
  )
}
