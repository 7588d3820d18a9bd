import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { conflict } from '../errors.ts'
import { birthOf, isAlive } from './processes.ts'

interface Owner {
  pid: number
  birth: string | null
  since: string
}

const fileOf = (dataDir: string) => join(dataDir, 'owner.pid')

/** The living process that works on this data directory, or null. */
export function findOwner(dataDir: string): Owner | null {
  const owner = readOwner(fileOf(dataDir))
  if (!owner || !isAlive(owner.pid)) return null
  // A pid comes round again after a restart; the time of birth tells the two apart.
  return owner.birth === null || owner.birth === birthOf(owner.pid) ? owner : null
}

/** @throws embedded.owned when a living process owns `dataDir` */
export function refuseIfOwned(dataDir: string): void {
  const owner = findOwner(dataDir)
  if (owner) throw owned(dataDir, owner)
}

/**
 * Makes this process the only owner of `dataDir`; the returned function gives it up.
 * @throws embedded.owned when another living process owns it
 */
export function claimOwnership(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true })
  const file = fileOf(dataDir)
  const mine = JSON.stringify({ pid: process.pid, birth: birthOf(process.pid), since: new Date().toISOString() })
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, mine)
  try {
    for (let attempt = 0; attempt < 20; attempt++) {
      if (tryLink(draft, file)) return () => release(file, mine)
      refuseIfOwned(dataDir)
      // Nobody living: set the dead owner's file aside under a name only this process uses, then try again.
      setAside(file)
    }
  } finally {
    rmSync(draft, { force: true })
  }
  throw conflict('embedded.owned', `could not claim ${dataDir}: others keep claiming it`, { details: { dataDir } })
}

function owned(dataDir: string, owner: Owner) {
  return conflict('embedded.owned', `${dataDir} is in use by process ${owner.pid} since ${owner.since}`, {
    details: { dataDir, pid: owner.pid, since: owner.since },
  })
}

/** A hard link appears whole or not at all, and fails when the name is taken. */
function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function setAside(file: string): void {
  const aside = `${file}.stale.${process.pid}`
  try {
    renameSync(file, aside)
    const taken = readOwner(aside)
    // A second starter may have claimed it between our look and our rename: give it back.
    if (taken && isAlive(taken.pid) && taken.birth === birthOf(taken.pid)) tryLink(aside, file)
  } catch {
    // Somebody else set it aside first.
  } finally {
    rmSync(aside, { force: true })
  }
}

function release(file: string, mine: string): void {
  try {
    if (readFileSync(file, 'utf8') === mine) rmSync(file)
  } catch {
    // Already gone with the data directory.
  }
}

function readOwner(file: string): Owner | null {
  try {
    const found = JSON.parse(readFileSync(file, 'utf8')) as Owner
    return Number.isInteger(found.pid) ? found : null
  } catch {
    return null
  }
}
