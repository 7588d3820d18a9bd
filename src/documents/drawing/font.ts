import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import fontkit from '@pdf-lib/fontkit'

/**
 * Fonts for drawing, parsed once per process. Arimo is metric-compatible with Arial (the type the rules of official
 * letters ask for) and free to embed. Text is set glyph by glyph without shaping: Indonesian and other Latin texts
 * need none, and what the font cannot show is replaced by a visible mark instead of an error.
 */
export type FontName = 'regular' | 'bold' | 'italic'

export interface Glyph {
  id: number
  /** 1/1000 of the type size. */
  advance: number
}

export interface Font {
  readonly name: FontName
  readonly postScriptName: string
  readonly file: Buffer
  readonly italicAngle: number
  /** 1/1000 of the type size. */
  readonly ascent: number
  readonly descent: number
  readonly capHeight: number
  readonly box: readonly [number, number, number, number]
  /** One glyph for each code point of the text, in order. */
  glyphs(text: string): Glyph[]
  /** Whether every character has its own glyph. */
  covers(text: string): boolean
}

/** The little of fontkit's font object that is used here. */
interface ParsedFont {
  postscriptName: string | null
  unitsPerEm: number
  ascent: number
  descent: number
  capHeight: number
  italicAngle: number
  bbox: { minX: number; minY: number; maxX: number; maxY: number }
  hasGlyphForCodePoint(codePoint: number): boolean
  glyphForCodePoint(codePoint: number): { id: number; advanceWidth: number }
}

const FILES: Record<FontName, string> = {
  regular: '400Regular/Arimo_400Regular.ttf',
  bold: '700Bold/Arimo_700Bold.ttf',
  italic: '400Regular_Italic/Arimo_400Regular_Italic.ttf',
}

/** White square, replacement character, question mark: the first one the font has stands for a missing glyph. */
const SUBSTITUTES = [0x25a1, 0xfffd, 0x3f]
const SPACE = 0x20
const loaded = new Map<FontName, Font>()

/** The font of that name; read and parsed at the first call. */
export function loadFont(name: FontName): Font {
  const known = loaded.get(name)
  if (known) return known
  const path = createRequire(import.meta.url).resolve(`@expo-google-fonts/arimo/${FILES[name]}`)
  const file = readFileSync(path)
  const font = toFont(name, file, fontkit.create(file) as unknown as ParsedFont)
  loaded.set(name, font)
  return font
}

function toFont(name: FontName, file: Buffer, parsed: ParsedFont): Font {
  const scale = 1000 / parsed.unitsPerEm
  const { minX, minY, maxX, maxY } = parsed.bbox
  const cache = new Map<number, Glyph>()
  const substitute = SUBSTITUTES.find((codePoint) => parsed.hasGlyphForCodePoint(codePoint)) ?? SPACE
  const find = (codePoint: number): Glyph => {
    const shown = parsed.hasGlyphForCodePoint(codePoint) ? codePoint : substitute
    const { id, advanceWidth } = parsed.glyphForCodePoint(shown)
    return { id, advance: advanceWidth * scale }
  }
  const glyph = (codePoint: number): Glyph => {
    const cached = cache.get(codePoint)
    if (cached) return cached
    const found = find(codePoint)
    cache.set(codePoint, found)
    return found
  }
  return {
    name,
    postScriptName: parsed.postscriptName ?? `Arimo-${name}`,
    file,
    italicAngle: parsed.italicAngle,
    ascent: parsed.ascent * scale,
    descent: parsed.descent * scale,
    capHeight: parsed.capHeight * scale,
    box: [minX * scale, minY * scale, maxX * scale, maxY * scale],
    glyphs: (text) => codePoints(text).map(glyph),
    covers: (text) => codePoints(text).every((codePoint) => parsed.hasGlyphForCodePoint(codePoint)),
  }
}

/** Composed form, so that a letter with its accent is one glyph; control characters become spaces. */
function codePoints(text: string): number[] {
  return Array.from(text.normalize('NFC'), (character) => {
    const codePoint = character.codePointAt(0) ?? SPACE
    return codePoint < SPACE || (codePoint >= 0x7f && codePoint < 0xa0) ? SPACE : codePoint
  })
}
