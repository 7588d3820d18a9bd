/**
 * What pages are told: plain data, no functions, no rights. A route builds one of these from the rooms, a template
 * draws it; neither knows the other.
 */

export type { Label } from '../../engine/index.ts'
export * from './chrome.ts'
export * from './form.ts'
export * from './letter.ts'
export * from './lists.ts'
export * from './pages.ts'
