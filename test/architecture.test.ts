import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** The table of docs/architecture.md: room → rooms below it that it may import. */
const ARROWS: Record<string, readonly string[]> = {
  'src/http': ['timing', 'letters', 'documents', 'organization', 'engine', 'calendar', 'platform'],
  'src/timing': ['engine', 'calendar', 'platform'],
  'src/letters': ['documents', 'organization', 'engine', 'calendar', 'platform'],
  'src/documents': ['engine', 'platform'],
  'src/organization': ['engine', 'platform'],
  'src/engine': ['calendar', 'platform'],
  'src/calendar': [],
  'src/platform': [],
  workflows: ['engine', 'letters', 'documents', 'calendar'],
  'templates/letters': ['documents'],
  'templates/pages': ['http', 'timing'],
}
/** These put the parts together and may look into any room. */
const COMPOSERS = /^src\/(?:commands\/)?[^/]+\.ts$/
const XSTATE_RUNTIME = /^src\/engine\/kernel\.ts$/
const XSTATE_AUTHORING = /^(src\/engine\/definition\.ts|workflows\/.*)$/
const FILES_MIN = 100

const PATTERN =
  /(?:^|[\n;])\s*(?:import|export)\s+(type\s)?([^'";]*?)\sfrom\s*['"]([^'"]+)['"]|(?:^|[\n;])\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"`]([^'"`]+)['"`]/g

interface Arrow {
  file: string
  /** Path from the project's root, or the name of a package. */
  target: string
  isType: boolean
}

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')

/** Only types are named, whether the whole statement says so or each name does. */
const areTypes = (names: string) =>
  /^\{[\s\S]*\}$/.test(names.trim()) &&
  names
    .replace(/[{}]/g, '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
    .every((name) => name.startsWith('type '))

function arrowsOf(file: string, text: string): Arrow[] {
  return [...withoutComments(text).matchAll(PATTERN)].map(([, typeWord, names = '', from, bare, dynamic]) => {
    const specifier = from ?? bare ?? dynamic ?? ''
    const target = specifier.startsWith('.') ? relative(ROOT, resolve(ROOT, dirname(file), specifier)) : specifier
    return { file, target, isType: Boolean(typeWord) || areTypes(names) }
  })
}

const roomOf = (path: string) => Object.keys(ARROWS).find((room) => path === room || path.startsWith(`${room}/`))

/** Why an arrow is wrong, or null. */
function wrongBecause({ file, target, isType }: Arrow): string | null {
  if (target === 'xstate' || target.startsWith('xstate/')) {
    if (XSTATE_RUNTIME.test(file) || XSTATE_AUTHORING.test(file) || isType) return null
    return 'only the kernel runs xstate, only workflows and the definition author with it'
  }
  const isOurs = /^(src|workflows|templates)\//.test(target)
  const from = roomOf(file)
  if (!isOurs || COMPOSERS.test(file) || !from) return null
  const to = roomOf(target)
  if (to === from) return null
  if (!to) return `${from} may not import ${target}`
  const name = to.replace('src/', '')
  if (!to.startsWith('src/') || !ARROWS[from]?.includes(name)) return `${from} may not import ${to}`
  return target === `${to}/index.ts` ? null : `${to} is entered by its index.ts only`
}

const modules = ['src', 'workflows', 'templates'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${folder}/${name}`),
)

describe('architecture', () => {
  it('sees the whole house', () => {
    expect(modules.length).to.be.greaterThan(FILES_MIN)
    for (const room of Object.keys(ARROWS))
      expect(
        modules.some((file) => roomOf(file) === room),
        room,
      ).to.equal(true)
  })

  it('lets arrows point downwards only, through doors only', () => {
    const wrong = modules.flatMap((file) =>
      arrowsOf(file, readFileSync(join(ROOT, file), 'utf8')).flatMap((arrow) => {
        const why = wrongBecause(arrow)
        return why ? [`${arrow.file} → ${arrow.target}: ${why}`] : []
      }),
    )
    expect(wrong).to.deep.equal([])
  })

  it('has no file outside the rooms but those that put them together', () => {
    const homeless = modules.filter((file) => !roomOf(file) && !COMPOSERS.test(file))
    expect(homeless).to.deep.equal([])
  })

  it('keeps the table of docs/architecture.md', () => {
    const text = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8')
    for (const room of Object.keys(ARROWS)) {
      const row = text.split('\n').find((line) => line.startsWith('|') && line.includes(`\`${room}/\``))
      expect(row, room).to.be.a('string')
    }
  })

  for (const [what, file, line] of [
    ['a plain import upwards', 'src/engine/x.ts', "import { a } from '../http/index.ts'"],
    ['an import() upwards', 'src/engine/x.ts', "const a = await import('../letters/index.ts')"],
    ['a bare import upwards', 'src/calendar/x.ts', "import '../engine/index.ts'"],
    ['a way around a door', 'src/http/x.ts', "import { a } from '../engine/store.ts'"],
    ['an export around a door', 'src/http/x.ts', "export { a } from '../engine/store.ts'"],
    ['a room that imports a workflow', 'src/letters/x.ts', "import a from '../../workflows/a.ts'"],
    ['a second place that runs xstate', 'src/engine/decide.ts', "import { transition } from 'xstate'"],
    ['an import over several lines', 'src/engine/x.ts', "import {\n  a,\n  b,\n} from '../http/index.ts'"],
  ] as const) {
    it(`catches ${what}`, () => {
      const reasons = arrowsOf(file, line).map(wrongBecause)
      expect(reasons).to.have.length(1)
      expect(reasons[0]).to.be.a('string')
    })
  }
})
