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
