import type { Label, Language } from '../../../src/http/index.ts'
import { en } from './en.ts'
import { id, type Labels } from './id.ts'

const languages: Readonly<Record<Language, Labels>> = { id, en }

/** The words of a language. */
export const labelsOf = (language: Language): Labels => languages[language]

/** A label of a workflow in the reader's language. */
export const word = (label: Label, language: Language): string => label[language]

export type { Labels }
