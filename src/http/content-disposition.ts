/** Kinds a browser shows by itself without running anything of the file's. */
const SHOWN = new Set(['application/pdf', 'image/jpeg', 'image/png', 'image/webp'])

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must go
const UNSAFE = /[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/g

/** Half a surrogate pair, which no percent-encoding can say. */
const HALVES = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** ext-value of RFC 8187 §3.2.1: UTF-8, percent-encoded but for attr-char. */
const extended = (name: string) =>
  encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

/**
 * `Content-Disposition` of a kept file: inline for what a browser shows safely, attachment for everything else; the
 * name in plain ASCII for old readers and in full beside it. Source: RFC 6266 §4, RFC 8187.
 */
export function contentDisposition(mediaType: string, fileName: string): string {
  const name = fileName.replace(UNSAFE, '').slice(0, 200).replace(HALVES, '').trim() || 'file'
  const plain = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\/%]/g, '_')
  const kind = SHOWN.has(mediaType) ? 'inline' : 'attachment'
  return `${kind}; filename="${plain}"; filename*=UTF-8''${extended(name)}`
}
