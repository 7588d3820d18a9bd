export type Language = 'id' | 'en'

/** A post as pages name it. */
export interface PostView {
  /** With its capacity: `Plh. Kepala Bidang Aptika`. */
  title: string
  unit: string
}

export type NavKey = 'tray' | 'register' | 'letters' | 'agenda' | 'timing'

export interface NavItem {
  key: NavKey
  href: string
  /** Shown beside the word when there is something to count. */
  count: number | null
}

/** One line above the page after an act went through. */
export interface Notice {
  kind: 'registered' | 'sent' | 'language' | 'signed-out' | 'repeated'
  /** Who the next step lies with, an agenda number … filled into the sentence. */
  detail: string | null
}

/** What surrounds every page. Plain data; a page is a pure function of its model and this. */
export interface Chrome {
  language: Language
  /** Trial mode: every page says that the data are fictitious. */
  trial: boolean
  csrf: string
  /** Path and query of this page, for coming back after a language switch or a sign-in. */
  path: string
  /** Name of the current entry of `nav`, or null outside of it. */
  current: NavKey | null
  /** IANA zone in which times are said. */
  zone: string
  /** Address under which the assets of this release lie, without a slash at the end. */
  assets: string
  now: Date
  person: { name: string; posts: PostView[] } | null
  nav: NavItem[]
  notice: Notice | null
}

/** Why something was not done, in the place of the form that asked for it. */
export interface RefusalView {
  /** Dotted code of `docs/errors.md`. */
  code: string
  /** One sentence in the reader's language, facts filled in: who decided, when. */
  text: string
  /** Posts that still hold an open branch, when that is the reason. */
  holders: string[]
}
