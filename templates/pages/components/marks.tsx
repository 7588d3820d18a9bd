/** Hatching for what is late: a mark that does not need colour. */
export function LatePattern({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={id} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect class="late-ground" width="7" height="7" />
        <rect class="late-line" width="3" height="7" />
      </pattern>
    </defs>
  )
}

/** The product's mark: a stream that parts and joins. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 24" width="32" height="24" aria-hidden="true">
      <path class="mark-sand" d="M1 12C9 12 9 19 17 19S24 12 31 12" />
      <path class="mark-water" d="M1 12C9 12 9 5 17 5S24 12 31 12" />
    </svg>
  )
}

interface UsedBarProps {
  usedMs: number
  allowedMs: number | null
  late: boolean
  done: boolean
  id: string
}

/** Time used against time allowed; what is over the limit is hatched and the limit stays visible as a notch. No limit, no bar. */
export function UsedBar({ usedMs, allowedMs, late, done, id }: UsedBarProps) {
  if (allowedMs === null) return null
  const whole = Math.max(usedMs, allowedMs, 1)
  const share = (ms: number) => `${Math.round((ms / whole) * 1000) / 10}%`
  const within = Math.min(usedMs, allowedMs)
  const tone = done ? 'used-done' : 'used-open'
  return (
    <svg class="used" width="100%" height="8" aria-hidden="true">
      {late ? <LatePattern id={id} /> : null}
      <rect class="used-ground" y="1" width="100%" height="6" rx="3" />
      <rect class={tone} y="1" width={share(Math.max(within, whole * 0.012))} height="6" rx="3" />
      {late && usedMs > within ? (
        <rect y="1" x={share(within)} width={share(usedMs - within)} height="6" fill={`url(#${id})`} />
      ) : null}
      {late && allowedMs ? <rect class="used-notch" x={share(within)} width="2" height="8" /> : null}
    </svg>
  )
}
