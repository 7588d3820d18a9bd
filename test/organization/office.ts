import { createOrganization, type Organization } from '../../src/organization/index.ts'
import { type FreshDatabase, freshDatabase } from '../support/services.ts'

/** An organization on a database of its own, with a clock that stands until it is moved. */
export interface Office extends Organization {
  database: FreshDatabase
  now(): Date
  passMs(ms: number): void
  /** The same rooms over the same data, as another process or a later start would see them. */
  another(isTrial?: boolean): Promise<Organization>
}

export async function openOffice(start = '2026-03-02T02:00:00Z'): Promise<Office> {
  const database = await freshDatabase()
  let at = new Date(start)
  const clock = () => new Date(at)
  const another = (isTrial = true) => createOrganization({ connection: database.connection, isTrial, clock })
  const organization = await another()
  const passMs = (ms: number) => {
    at = new Date(at.getTime() + ms)
  }
  return { ...organization, database, now: clock, passMs, another }
}

/** The code with which `work` is refused. */
export async function refusalOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work
    return undefined
  } catch (error) {
    return (error as { code?: string }).code
  }
}
