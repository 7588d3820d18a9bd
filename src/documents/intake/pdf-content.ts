import { inflateSync } from 'node:zlib'

/**
 * Looks for things in a PDF that run or open something. The file is read as text, not by its cross-reference table:
 * a table can be made to hide objects from one reader and show them to another, and earlier revisions count too.
 * Object streams, where names may hide in compressed form, are unpacked.
 */
export interface PdfFindings {
  active: string[]
  encrypted: boolean
  /** Objects that cannot be looked into. */
  opaque: boolean
}

const ACTIVE: Record<string, RegExp> = {
  JavaScript: /\/JavaScript\b/,
  Launch: /\/Launch\b/,
  EmbeddedFile: /\/(EmbeddedFiles?|FileAttachment)\b/,
  GoToE: /\/GoToE\b/,
  ImportData: /\/ImportData\b/,
  RichMedia: /\/(RichMedia|Rendition)\b/,
  XFA: /\/XFA\s*(\[|\d+\s+\d+\s+R)/,
}
/** In the trailer or the dictionary of a cross-reference stream, neither of which may be compressed. */
const ENCRYPT = /\/Encrypt\s*(<<|\d+\s+\d+\s+R)/
const UNPACKED_BYTES_MAX = 64 * 1024 * 1024
const DICTIONARY_CHARACTERS_MAX = 4000

export function scanPdf(bytes: Buffer): PdfFindings {
  const text = bytes.toString('latin1')
  const names = plainNames(text)
  const streams = objectStreams(bytes, text)
  const everything = [names, ...streams.texts.map(plainNames)]
  const active = Object.entries(ACTIVE)
    .filter(([, pattern]) => everything.some((part) => pattern.test(part)))
    .map(([name]) => name)
  return { active, encrypted: ENCRYPT.test(names), opaque: streams.opaque }
}

/** "/JavaScr#69pt" and "/JavaScript" are one name (ISO 32000-1, 7.3.5). */
function plainNames(text: string): string {
  return text.includes('#')
    ? text.replaceAll(/#([2-7][0-9a-fA-F])/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text
}

function objectStreams(bytes: Buffer, text: string): { texts: string[]; opaque: boolean } {
  const texts: string[] = []
  let left = UNPACKED_BYTES_MAX
  let opaque = false
  for (const match of text.matchAll(/stream\r?\n/g)) {
    if (text.startsWith('end', match.index - 3)) continue
    const dictionary = plainNames(dictionaryBefore(text, match.index))
    if (!/\/ObjStm\b/.test(dictionary)) continue
    const unpacked = unpack(bytes.subarray(match.index + match[0].length), dictionary, left)
    if (unpacked === null) opaque = true
    else {
      left -= unpacked.length
      texts.push(unpacked)
    }
  }
  return { texts, opaque }
}

function dictionaryBefore(text: string, at: number): string {
  const head = text.slice(Math.max(0, at - DICTIONARY_CHARACTERS_MAX), at)
  return head.slice(Math.max(0, head.lastIndexOf(' obj')))
}

function unpack(data: Buffer, dictionary: string, bytesMax: number): string | null {
  const filter = /\/Filter\s*(\[[^\]]*\]|\/\w+)/.exec(dictionary)?.[1]?.replaceAll(/[[\]\s]/g, '')
  try {
    if (filter === undefined) return data.subarray(0, Math.max(0, data.indexOf('endstream'))).toString('latin1')
    if (filter !== '/FlateDecode' || bytesMax <= 0) return null
    return inflateSync(data, { maxOutputLength: bytesMax }).toString('latin1')
  } catch {
    return null
  }
}
