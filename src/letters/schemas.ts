import { z } from 'zod'

/** How urgent, apart from how secret: two axes that old forms mixed in one row of ticks. */
export const urgency = z.enum(['biasa', 'segera', 'sangat-segera'])
export type Urgency = z.output<typeof urgency>

/** Security class (kode keamanan B, T, R, SR). */
export const secrecy = z.enum(['biasa', 'terbatas', 'rahasia', 'sangat-rahasia'])
export type Secrecy = z.output<typeof secrecy>

export const fileId = z.string().min(1).max(64).meta({ mahakam: 'file' })
export const positionId = z.string().min(1).max(120).meta({ mahakam: 'position' })
export const reason = z.string().trim().min(3).max(1_000)
export const note = z.string().trim().max(2_000).nullable().default(null)

/** Subject code, `000.8.3.2`. Source: Permendagri 83/2022. */
export const classification = z
  .string()
  .trim()
  .regex(/^\d{3}(\.\d{1,3}){0,5}$/)

/** What the register keeps of an incoming letter. */
export const registration = z.object({
  sender: z.string().trim().min(2).max(300),
  letterNumber: z.string().trim().min(1).max(120),
  letterDate: z.iso.date(),
  subject: z.string().trim().min(3).max(500),
  urgency: urgency.default('biasa'),
  secrecy: secrecy.default('biasa'),
  attachments: z.string().trim().max(200).nullable().default(null),
  /** Post or person the letter is addressed to, when that is not the head. */
  addressee: z.string().trim().max(200).nullable().default(null),
  classification: classification.nullable().default(null),
  /** What the letter asks, in the registrar's words. */
  synopsis: z.string().trim().max(2_000).nullable().default(null),
})
export type Registration = z.output<typeof registration>

/** One line of a disposition: to whom, with which instructions. */
export const dispositionLine = z.object({
  to: positionId,
  instructions: z.array(z.string().trim().min(2).max(120)).min(1).max(12),
  note,
  dueAt: z.iso.datetime({ offset: true }).nullable().default(null),
  kind: z.enum(['action', 'information']).default('action'),
})
export type DispositionLine = z.output<typeof dispositionLine>

/** Lines of one act of disposing; together with `LINES_TEXT_MAX` it bounds what one commit may write. */
const LINES_MAX = 50
const LINES_TEXT_MAX = 16_000

export const dispose = z.object({
  lines: z
    .array(dispositionLine)
    .min(1)
    .max(LINES_MAX)
    .refine((lines) => new Set(lines.map((line) => line.to)).size === lines.length, { error: 'receiver-twice' })
    .refine((lines) => JSON.stringify(lines).length <= LINES_TEXT_MAX, { error: 'too-long' }),
})

/** Letterhead and head of the unit that received the letter. */
export const office = z.object({
  id: z.string(),
  name: z.string(),
  parentName: z.string(),
  address: z.string(),
  code: z.string(),
  zone: z.string(),
  headPosition: z.string(),
  headTitle: z.string(),
  /** Address of an instance's page without its id. */
  pages: z.string(),
})
export type Office = z.output<typeof office>

export const agenda = z.object({ number: z.number().int(), year: z.number().int(), text: z.string() })
export type Agenda = z.output<typeof agenda>

/** A line whose receiver was looked up. */
export const addressedLine = dispositionLine.extend({ title: z.string(), unit: z.string() })
export type AddressedLine = z.output<typeof addressedLine>

export const giver = z.object({
  position: z.string(),
  title: z.string(),
  name: z.string(),
  nip: z.string().nullable(),
  rank: z.string().nullable(),
})
export type Giver = z.output<typeof giver>

/** One act of disposing: by whom, when, to whom. */
export const level = z.object({ giver, at: z.string(), lines: z.array(addressedLine) })
export type Level = z.output<typeof level>

/** What every disposition carries of its letter. */
export const letterFacts = z.object({
  id: z.string(),
  unit: z.string(),
  sender: z.string(),
  letterNumber: z.string(),
  letterDate: z.string(),
  receivedAt: z.string(),
  agenda: z.string(),
  subject: z.string(),
  urgency,
  secrecy,
  files: z.array(z.string()),
  office,
})
export type LetterFacts = z.output<typeof letterFacts>

/** State of a branch as its giver sees it. */
export interface Branch {
  to: string
  title: string
  status: 'open' | 'accepted' | 'acknowledged' | 'recalled' | 'returned' | 'released'
  at: string
  note: string | null
}
export type Branches = Record<string, Branch>

/** Branches that one giver may have made in one letter. */
export const BRANCHES_MAX = 200

/** What a disposition gives back to whoever gave it. */
export interface DispositionOutcome {
  status: 'accepted' | 'acknowledged' | 'recalled' | 'returned'
  note: string | null
  at: string
  files: string[]
}

/** Input of the activity that looks receivers up. */
export interface Recipients {
  lines: DispositionLine[]
  giver: { position: string; person: string; title: string; name: string }
}

/** Data of the *lembar disposisi* (`templates/letters/disposition-sheet.ts`). */
export function sheetData(letter: LetterFacts, chain: readonly Level[], marked: string | null) {
  const { office: unit } = letter
  return {
    unit: { name: unit.name, parentName: unit.parentName, address: unit.address },
    letter: {
      from: letter.sender,
      number: letter.letterNumber,
      date: letter.letterDate,
      receivedAt: letter.receivedAt,
      agendaNumber: letter.agenda,
      urgency: letter.urgency,
      secrecy: letter.secrecy,
      subject: letter.subject,
    },
    chain: chain.map(({ giver, at, lines }, index) => ({
      giver: { title: giver.title, name: giver.name, nip: giver.nip, rank: giver.rank },
      at,
      lines: lines.map(({ title, to, instructions, note, dueAt }) => ({
        to: title,
        instructions,
        note,
        dueAt,
        marked: index === chain.length - 1 && to === marked,
      })),
    })),
    url: `${unit.pages}${letter.id}`,
    zone: unit.zone,
  }
}

export const SHEET_SERIES = 'lembar-disposisi'

/** Input of `renderDocument` for a sheet. */
export function sheetRequest(letter: LetterFacts, chain: readonly Level[], marked: string | null) {
  return {
    layout: 'disposition-sheet',
    series: SHEET_SERIES,
    title: `Lembar disposisi ${letter.agenda}`,
    data: sheetData(letter, chain, marked),
  }
}

export interface RenderedSheet {
  documentId: string
  fileId: string
  sha256: string
  version: number
  pages: number
}
