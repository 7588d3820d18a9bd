import type { ComponentChildren } from 'preact'
import type { Chrome, NavItem } from '../../../src/http/index.ts'
import { type Labels, labelsOf } from '../labels/index.ts'
import { Mark } from './marks.tsx'

export type Stylesheet = 'base' | 'forms' | 'letter' | 'river' | 'lists' | 'sign-in' | 'print'
export type Script = 'app' | 'register' | 'disposition'

interface LayoutProps {
  title: string
  chrome: Chrome
  /** Beside `base` and `print`, which every page has. */
  styles?: readonly Stylesheet[]
  scripts?: readonly Script[]
  /** Without navigation: signing in, errors of strangers. */
  bare?: boolean
  /** Class of `main`, for pages with their own measure. */
  measure?: string
  children: ComponentChildren
}

function Head({
  title,
  chrome,
  styles,
  scripts,
}: Required<Pick<LayoutProps, 'title' | 'chrome' | 'styles' | 'scripts'>>) {
  const { assets } = chrome
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{`${title} · Mahakam`}</title>
      <link rel="icon" href={`${assets}/mark.svg`} type="image/svg+xml" />
      <link
        rel="preload"
        href={`${assets}/plus-jakarta-sans.woff2`}
        as="font"
        type="font/woff2"
        crossOrigin="anonymous"
      />
      {['base', ...styles].map((name) => (
        <link key={name} rel="stylesheet" href={`${assets}/${name}.css`} />
      ))}
      <link rel="stylesheet" href={`${assets}/print.css`} media="print" />
      {['app', ...scripts].map((name) => (
        <script key={name} type="module" src={`${assets}/${name}.js`} />
      ))}
    </head>
  )
}

function NavLink({ item, current, labels }: { item: NavItem; current: boolean; labels: Labels }) {
  return (
    <a href={item.href} aria-current={current ? 'page' : undefined}>
      <span>{labels.nav[item.key]}</span>
      {item.count ? (
        <span class="nav-count">
          <span aria-hidden="true">{item.count}</span>
          <span class="unseen">{labels.navCount(item.count)}</span>
        </span>
      ) : null}
    </a>
  )
}

export function LanguageSwitch({ chrome, labels }: { chrome: Chrome; labels: Labels }) {
  const { switchTo, code } = labels.language
  return (
    <form method="post" action="/language">
      <input type="hidden" name="_csrf" value={chrome.csrf} />
      <input type="hidden" name="language" value={code} />
      <input type="hidden" name="next" value={chrome.path} />
      <button class="quiet-button" type="submit" lang={code}>
        {switchTo}
      </button>
    </form>
  )
}

function Person({ chrome, labels }: { chrome: Chrome; labels: Labels }) {
  const { person } = chrome
  if (!person) return null
  return (
    <div class="person">
      <p class="person-name">{person.name}</p>
      {person.posts.map((post) => (
        <p key={post.title} class="person-post">
          {post.title}
        </p>
      ))}
      <div class="person-acts">
        <LanguageSwitch chrome={chrome} labels={labels} />
        <form method="post" action="/sign-out">
          <input type="hidden" name="_csrf" value={chrome.csrf} />
          <button class="quiet-button" type="submit">
            {labels.signOut}
          </button>
        </form>
      </div>
    </div>
  )
}

function Rail({ chrome, labels }: { chrome: Chrome; labels: Labels }) {
  const nav = (
    <nav aria-label={labels.mainNavigation}>
      {chrome.nav.map((item) => (
        <NavLink key={item.key} item={item} current={item.key === chrome.current} labels={labels} />
      ))}
    </nav>
  )
  return (
    <header class="rail">
      <a class="wordmark" href="/">
        <Mark />
        <span>{labels.product}</span>
      </a>
      <input class="rail-toggle" type="checkbox" id="rail-toggle" />
      <label class="rail-button" for="rail-toggle">
        {labels.menu}
      </label>
      <div class="rail-body">
        {nav}
        <Person chrome={chrome} labels={labels} />
      </div>
    </header>
  )
}

function NoticeLine({ chrome, labels }: { chrome: Chrome; labels: Labels }) {
  const { notice } = chrome
  if (!notice) return null
  return (
    <p class="notice" role="status">
      {labels.notices[notice.kind](notice.detail ?? '')}
    </p>
  )
}

/** The frame around every page. */
export function Layout({ title, chrome, styles = [], scripts = [], bare = false, measure, children }: LayoutProps) {
  const labels = labelsOf(chrome.language)
  return (
    <html lang={chrome.language}>
      <Head title={title} chrome={chrome} styles={styles} scripts={scripts} />
      <body class={bare ? 'bare' : undefined}>
        <a class="skip" href="#main">
          {labels.skip}
        </a>
        {chrome.trial ? (
          <aside class="trial" aria-label={labels.trialName}>
            {labels.trial}
          </aside>
        ) : null}
        <div class="frame">
          {bare ? null : <Rail chrome={chrome} labels={labels} />}
          <main id="main" class={measure} tabIndex={-1}>
            <NoticeLine chrome={chrome} labels={labels} />
            {children}
          </main>
        </div>
      </body>
    </html>
  )
}

/** What a place says when there is nothing in it. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <svg class="empty-drawing" viewBox="0 0 240 72" width="240" height="72" aria-hidden="true">
        <path class="empty-sand" d="M4 40C60 40 70 58 124 58S190 40 236 40" />
        <path class="empty-water" d="M4 40C60 40 70 20 124 20S190 40 236 40" />
      </svg>
      <h2>{title}</h2>
      {children}
    </div>
  )
}
