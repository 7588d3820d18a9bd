import { z } from 'zod'
import { type ActivityDefinition, defineActivity } from '../engine/index.ts'
import type { Directory } from '../organization/index.ts'
import { AppError, unprocessable } from '../platform/index.ts'
import type { Ledger } from './ledger.ts'
import { addressedLine, agenda, dispositionLine, giver, office } from './schemas.ts'

const QUICK = { attempts: 5, timeoutMs: 10_000, inline: true }

const yearIn = (zone: string, at: Date): number =>
  Number(new Intl.DateTimeFormat('en', { timeZone: zone, year: 'numeric' }).format(at))

function assignAgendaNumber(ledger: Ledger) {
  return defineActivity({
    name: 'assignAgendaNumber',
    input: z.object({ unit: z.string(), at: z.iso.datetime({ offset: true }), zone: z.string() }),
    output: agenda,
    ...QUICK,
    async run({ unit, at, zone }, { messageId, instanceId, now }) {
      const year = yearIn(zone, new Date(at))
      const row = await ledger.assign({ messageId, unit, year, instance: instanceId, at: now })
      return { number: row.number, year: row.year, text: row.text }
    },
  })
}

function resolveUnit(directory: Directory, baseUrl: string) {
  return defineActivity({
    name: 'resolveUnit',
    input: z.object({ unit: z.string() }),
    output: office,
    ...QUICK,
    async run({ unit: id }) {
      const { name, parentName, address, code, zone } = await directory.unit(id)
      const head = await directory.headOf(id)
      const pages = `${baseUrl}/instances/`
      return { id, name, parentName, address, code, zone, headPosition: head._id, headTitle: head.title, pages }
    },
  })
}

const recipients = z.object({
  lines: z.array(dispositionLine).max(50),
  giver: z.object({ position: z.string(), person: z.string(), title: z.string(), name: z.string() }),
})

/** Posts that `position` may give work to: everybody below it, its equals, and the heads of other units. */
async function reachOf(directory: Directory, position: string) {
  const { superior } = await directory.position(position)
  const [below, peers, siblings] = await Promise.all([
    directory.subordinates(position),
    directory.peers(position),
    superior ? directory.subordinates(superior) : [],
  ])
  const beside = siblings.filter((each) => each.superior === superior)
  return new Map([...below, ...peers, ...beside].map((each) => [each._id, each]))
}

/** NIP and rank for the signature block; a person who has left the directory since signs by name alone. */
async function signatureOf(directory: Directory, person: string) {
  try {
    const { nip, rank } = await directory.person(person)
    return { nip: nip ?? null, rank: rank ?? null }
  } catch (error) {
    if (error instanceof AppError && error.kind === 'not-found') return { nip: null, rank: null }
    throw error
  }
}

/** Looks the receivers up. @throws AppError disposition.unknown-receiver, disposition.to-oneself, disposition.twice */
function resolveRecipients(directory: Directory) {
  return defineActivity({
    name: 'resolveRecipients',
    input: recipients,
    output: z.object({ giver, lines: z.array(addressedLine) }),
    ...QUICK,
    async run({ lines, giver: { position, person, title, name } }) {
      const ids = lines.map((line) => line.to)
      if (new Set(ids).size < ids.length) throw unprocessable('disposition.twice', 'a receiver is named twice')
      if (ids.includes(position)) throw unprocessable('disposition.to-oneself', 'a giver cannot be the receiver')
      const [reach, signature] = await Promise.all([reachOf(directory, position), signatureOf(directory, person)])
      const addressed = lines.map((line) => {
        const found = reach.get(line.to)
        if (!found)
          throw unprocessable('disposition.unknown-receiver', `no position ${line.to} below or beside the giver`, {
            details: { position: line.to },
          })
        return { ...line, title: found.title, unit: found.unit }
      })
      return { giver: { position, title, name, ...signature }, lines: addressed }
    },
  })
}

/** What the letters' workflows ask of the office; each quick, and repeatable under its message id. */
export function letterActivities(ledger: Ledger, directory: Directory, baseUrl: string): ActivityDefinition[] {
  return [assignAgendaNumber(ledger), resolveUnit(directory, baseUrl), resolveRecipients(directory)]
}
