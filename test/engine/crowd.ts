import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import type mongoose from 'mongoose'
import type { Instance } from '../../src/engine/index.ts'
import type { BranchOffices } from './branch-offices.ts'
import { clerk, head } from './office.ts'
import { person } from './sample.ts'

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

export async function eventually<T>(what: string, look: () => Promise<T | null | undefined | false>): Promise<T> {
  for (let tries = 0; tries < 600; tries++) {
    const found = await look()
    if (found) return found
    await wait(100)
  }
  throw new Error(`${what} did not come about`)
}

/** One request from its start to its end: two questions asked at once, both answered at once, closed. */
export async function requestOpinions(offices: BranchOffices, db: mongoose.mongo.Db): Promise<string> {
  const instances = db.collection<Instance>('instances')
  const insist = (instance: string, type: string, data: unknown, actor = head) =>
    offices.insist({ send: { instance, type, data, actor, idempotencyKey: randomUUID() } })
  const data = { unit: 'unit-a', title: `T ${randomUUID()}`, judges: [] }
  const id = await offices.insist({ start: { workflow: 'request', data, actor: clerk, idempotencyKey: randomUUID() } })
  await eventually('the stamp', () => instances.findOne({ _id: id, value: 'review' as never }))
  await Promise.all(['judge-1', 'judge-2'].map((judge) => insist(id, 'ASK', { judges: [judge] })))
  const asked = await eventually('the questions', async () => {
    const found = await instances.find({ root: id, depth: 1 }).toArray()
    return found.length === 2 && found
  })
  const judgeOf = (child: Instance) => person('J', String(child.context.judge), 'unit-b')
  await Promise.all(asked.map((child) => insist(child._id, 'ANSWER', { opinion: 'yes' }, judgeOf(child))))
  await eventually('the answers', async () => {
    const open = (await instances.findOne({ _id: id }))?.context.open as Record<string, boolean>
    return Object.values(open).filter((each) => !each).length === 2
  })
  await insist(id, 'CLOSE', {})
  return id
}

/** What must hold of every instance once the crowd has gone home. */
export async function expectOrder(
  db: mongoose.mongo.Db,
  verify: (id: string) => Promise<{ valid: boolean; entries: number }>,
) {
  const instances = db.collection<Instance>('instances')
  await eventually('the last message', async () => (await instances.countDocuments({ messages: { $ne: [] } })) === 0)
  for await (const instance of instances.find()) {
    const { _id, revision, auditCount, status, tasks } = instance
    expect(await verify(_id), _id).to.deep.include({ valid: true, entries: auditCount })
    expect(revision, _id).to.equal(auditCount)
    expect(status, _id).to.equal('done')
    for (const task of tasks) expect(task.for, _id).not.to.deep.equal([])
    const events = instance.audit.map((entry) => `${entry.kind} ${entry.event}`)
    expect(events.filter((event) => /ASK|ANSWER/.test(event))).to.have.length(instance.depth === 0 ? 2 : 1)
    const answers = instance.audit.filter((entry) => entry.kind === 'child')
    expect(answers, _id).to.have.length(instance.depth === 0 ? 2 : 0)
  }
}
