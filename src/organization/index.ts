import type { Connection } from 'mongoose'
import { Credentials } from './credentials.ts'
import { Directory } from './directory.ts'
import { modelsOf } from './models.ts'
import { Province } from './province.ts'
import { importRoster, type RosterReport } from './roster.ts'

/**
 * Who holds which post today, and what that lets them do; sign-in. Changes when the office is organized another way.
 */
export type { HolderName } from './directory.ts'
export type { Holding, Person, Position, Session, Token, Unit } from './models.ts'
export { type Persona, Province } from './province.ts'
export type { RosterFile, RosterReport } from './roster.ts'
export type { Credentials, Directory }

export interface Organization {
  directory: Directory
  credentials: Credentials
  province: Province
  /** Units, posts, people and holders from a file. @throws AppError organization.invalid */
  importRoster(data: unknown, options: { dryRun: boolean }): Promise<RosterReport>
}

/** Collections and indexes are ready when this resolves. */
export async function createOrganization(options: {
  connection: Connection
  isTrial: boolean
  clock?: () => Date
}): Promise<Organization> {
  const { connection, isTrial, clock = () => new Date() } = options
  const models = modelsOf(connection)
  await models.prepare()
  return {
    directory: new Directory(models, clock),
    credentials: new Credentials(models, clock, isTrial),
    province: new Province(models, clock),
    importRoster: (data, options) => importRoster(models, data, options),
  }
}
