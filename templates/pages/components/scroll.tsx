import type { ComponentChildren } from 'preact'

interface ScrollProps {
  class: string
  /** What lies in it, for people who hear the page. */
  name: string
  children: ComponentChildren
}

/** A place that scrolls by itself; it takes the focus so that the arrow keys reach what is out of sight. */
export function Scroll({ class: look, name, children }: ScrollProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it a keyboard cannot scroll the place (WCAG 2.1.1)
    <section class={look} aria-label={name} tabIndex={0}>
      {children}
    </section>
  )
}
