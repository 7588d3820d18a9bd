import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** Files that are modules of their own: no declarations, no source maps, no helpers in subfolders. */
const isModule = (name: string) => /\.(tsx?|js)$/.test(name) && !/\.d\.ts$/.test(name)

/**
 * Default exports of every module lying directly in `folder` (relative to the project's root, from the sources and
 * from `dist/` alike). This is what makes a new paper process one new file: there is no list to add it to.
 * @throws Error when a module has no default export
 */
export async function discover<T>(folder: string): Promise<T[]> {
  const url = new URL(`../${folder}/`, import.meta.url)
  const names = (await readdir(fileURLToPath(url))).filter(isModule).toSorted()
  return Promise.all(
    names.map(async (name) => {
      const found = (await import(new URL(name, url).href)) as { default?: T }
      if (found.default === undefined) throw new Error(`${folder}/${name} has no default export`)
      return found.default
    }),
  )
}
