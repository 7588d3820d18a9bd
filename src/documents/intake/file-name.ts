import { extensionFor, extensionOf, type MediaType } from './kind.ts'

const CHARACTERS_MAX = 150
/** Control and format characters, among them those that turn the direction of reading (RLO hides ".exe"). */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u{fffd}]/gu
/** Not allowed in names by one system or another. */
const RESERVED = /[<>:"|?*]/g

/**
 * A name that can be shown, stored and downloaded: composed (NFC), without path, control or reserved characters, at
 * most 150 characters with its extension kept.
 */
export function cleanName(original: string): string {
  const last = original.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const clean = last
    .replaceAll(INVISIBLE, '')
    .replaceAll(RESERVED, '_')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '')
  return shortened(clean === '' ? 'berkas' : clean)
}

/** Adds the extension of the type if the name has none of its own. */
export function completeName(name: string, type: MediaType): string {
  return extensionOf(name) === '' ? `${name}.${extensionFor(type)}` : name
}

function shortened(name: string): string {
  const characters = Array.from(name)
  if (characters.length <= CHARACTERS_MAX) return name
  const extension = Array.from(extensionOf(name)).slice(0, 10).join('')
  const tail = extension === '' ? '' : `.${extension}`
  return (
    characters
      .slice(0, CHARACTERS_MAX - tail.length)
      .join('')
      .trimEnd() + tail
  )
}
