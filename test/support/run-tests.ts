/** `npm test [-- [--coverage] [mocha options] [files]]`: mocha against servers of its own. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runNode, withServers } from './with-servers.ts'

const DEFAULT_SPEC = 'test/**/*.test.ts'
const COVERAGE = '--coverage'

function mochaArguments(): string[] {
  const given = process.argv.slice(2).filter((argument) => argument !== COVERAGE)
  const hasFiles = given.some((argument) => /\.test\.ts$|^test\//.test(argument))
  const mocha = ['node_modules/mocha/bin/mocha.js', ...given, ...(hasFiles ? [] : [DEFAULT_SPEC])]
  if (!process.argv.includes(COVERAGE)) return mocha
  const c8 = ['node_modules/c8/bin/c8.js', '--all', '--src', 'src', '--reporter', 'text-summary', '--reporter', 'html']
  return [...c8, process.execPath, ...mocha]
}

/** The closing line comes from what mocha itself counted; no figures means that mocha did not finish. */
function closingLine(figuresFile: string): string {
  try {
    const { passes, failures } = JSON.parse(readFileSync(figuresFile, 'utf8'))
    return `${passes} passed, ${failures} failed`
  } catch {
    return 'the tests did not run to their end'
  }
}

const line = await withServers('.data-test', async ({ dataDir, env }) => {
  const figures = join(dataDir, 'figures.json')
  process.exitCode = await runNode(mochaArguments(), { ...env, REQUIRE_SERVICES: '1', TEST_FIGURES_FILE: figures })
  return closingLine(figures)
})
console.log(line)
