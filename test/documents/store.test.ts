import { randomUUID } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { expect } from 'chai'
import mongoose, { type Connection } from 'mongoose'
import sharp from 'sharp'
import { z } from 'zod'
import { createDocuments, type Documents, defineLayout, papers } from '../../src/documents/index.ts'
import type { ActivityContext, ActivityDefinition } from '../../src/engine/index.ts'
import { AppError } from '../../src/platform/errors.ts'
import { createLogger } from '../../src/platform/log.ts'
import * as samples from './samples.ts'

const uri = process.env.MONGODB_URI
const DAY_MS = 86_400_000

const note = defineLayout({
  id: 'note',
  schema: z.object({ text: z.string() }),
  paper: papers.a5,
  author: () => 'Dinas',
  draw: (canvas, data, { version, at }) => {
    canvas.paragraph(`${data.text} v${version} ${at.toISOString()}`, {
      x: canvas.left,
      y: canvas.y,
      width: canvas.width,
    })
  },
})

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  return error instanceof AppError ? error.code : String(error)
}

describe('documents store', function () {
  this.timeout(30_000)
  let connection: Connection
  let documents: Documents

  before(async function () {
    if (!uri) {
      if (process.env.REQUIRE_SERVICES) throw new Error('MONGODB_URI is not set')
      console.warn('documents store: SKIPPED, MONGODB_URI is not set')
      return this.skip()
    }
    connection = await mongoose.createConnection(uri, { dbName: `documents-${randomUUID()}` }).asPromise()
    documents = createDocuments({
      connection,
      layouts: { note },
      limits: { bytesMax: 8 * 1024 * 1024, pagesMax: 50 },
      log: createLogger('silent', 'test'),
    })
    await documents.prepare()
  })

  after(async () => {
    documents?.close()
    await connection?.dropDatabase()
    await connection?.close()
  })

  const hand = (bytes: Buffer, originalName = 'surat.pdf', person = 'p1') =>
    documents.files.accept({
      source: { buffer: bytes },
      originalName,
      declaredType: '',
      by: { person, name: 'Rina' },
      unit: 'u1',
    })
  const count = (name: string, filter = {}) => connection.collection(name).countDocuments(filter)

  it('keeps the original byte for byte and reads parts of it', async () => {
    const pdf = await samples.scannedLetterPdf()
    const { id, sha256 } = await hand(pdf)
    expect(await buffer(await documents.files.open(id))).to.deep.equal(pdf)
    expect(await buffer(await documents.files.open(id, { start: 100, end: 260 }))).to.deep.equal(pdf.subarray(100, 260))
    expect(await documents.files.get(id)).to.deep.include({
      sha256,
      pages: 1,
      unit: 'u1',
      by: { person: 'p1', name: 'Rina' },
    })
  })

  it('stores the same bytes once, also when handed in by many at the same time', async () => {
    const jpeg = await samples.jpegScan()
    const facts = await Promise.all(Array.from({ length: 6 }, (_, i) => hand(jpeg, `scan${i}.jpg`, `p${i}`)))
    expect(new Set(facts.map(({ id }) => id)).size).to.equal(6)
    const [first] = facts
    expect(await count('blobs.files', { filename: first?.sha256 })).to.equal(1)
    const blob = await connection.collection('blobs.files').findOne({ filename: first?.sha256 })
    expect(await count('blobs.chunks', { files_id: { $ne: null } })).to.equal(await count('blobs.files'))
    expect(blob?.length).to.equal(jpeg.length)
  })

  it('registers nothing when a file is refused', async () => {
    const before = await count('files')
    expect(await refusal(hand(await samples.brokenPdf()))).to.equal('file.broken')
    expect(await count('files')).to.equal(before)
  })

  it('attaches files once and all together or not at all', async () => {
    const { id } = await hand(samples.plainPdf())
    await documents.files.attach([id, id], 'root1', 'm1')
    await documents.files.attach([id], 'root1', 'm1')
    await documents.files.attach([id], 'root2', 'm2')
    expect(await documents.files.attachedTo(id)).to.deep.equal(['root1', 'root2'])
    expect((await documents.files.get(id)).attachments).to.have.length(2)
    expect(await refusal(documents.files.attach([id, 'none'], 'root3', 'm3'))).to.equal('file.not-found')
    expect(await documents.files.attachedTo(id)).to.not.include('root3')
  })

  it('draws previews of PDF and TIFF pages in fixed widths and keeps them', async () => {
    const pdf = await hand(await samples.scannedLetterPdf())
    const small = await documents.files.preview(pdf.id, 1, 400)
    expect((await sharp(small.bytes).metadata()).width).to.be.within(478, 480)
    expect(await documents.files.preview(pdf.id, 1, 480)).to.deep.equal(small)
    expect(await count('previews', { _id: { $regex: `^${pdf.sha256}` } as never })).to.equal(1)
    const tiff = await hand(await samples.tiffScan(2), 'a.tif')
    expect((await sharp((await documents.files.preview(tiff.id, 2, 5000)).bytes).metadata()).format).to.equal('webp')
    expect(await refusal(documents.files.preview(tiff.id, 3, 480))).to.equal('file.no-such-page')
    const word = await hand(samples.docx(), 'a.docx')
    expect(await refusal(documents.files.preview(word.id, 1, 480))).to.equal('file.no-preview')
  })

  const activity = () => documents.activities.find(({ name }) => name === 'renderDocument') as ActivityDefinition
  const context = (messageId: string, rootId: string, now = new Date()): ActivityContext => ({
    messageId,
    rootId,
    instanceId: `${rootId}-i`,
    unit: 'u1',
    attempt: 1,
    signal: new AbortController().signal,
    now,
  })
  const draw = (messageId: string, rootId: string, now?: Date) =>
    activity().run(
      { layout: 'note', data: { text: 'Lembar' }, series: 'sheet', title: 'Lembar disposisi' } as never,
      context(messageId, rootId, now),
    ) as Promise<{ documentId: string; fileId: string; sha256: string; version: number; pages: number }>

  it('draws one version per message, however often it is asked', async () => {
    const [a, b] = await Promise.all([draw('r1.1', 'r1'), draw('r1.1', 'r1', new Date(Date.now() + 5000))])
    expect(a).to.deep.equal(b)
    expect(await draw('r1.1', 'r1', new Date(0))).to.deep.equal(a)
    expect(a).to.include({ version: 1, pages: 1 })
    expect(await documents.ofRoot('r1')).to.have.length(1)
    expect(await documents.files.attachedTo(a.fileId)).to.deep.equal(['r1'])
  })

  it('numbers versions without gaps when many messages come at once', async () => {
    const done = await Promise.all(Array.from({ length: 8 }, (_, i) => draw(`r2.${i}`, 'r2')))
    expect(done.map(({ version }) => version).sort((x, y) => x - y)).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8])
    expect((await documents.ofInstance('r2-i')).map(({ version }) => version)).to.have.length(8)
  })

  it('takes up a drawing that died before its row was finished', async () => {
    const first = await draw('r3.1', 'r3')
    const documentRows = connection.collection<{ _id: string }>('documents')
    await documentRows.updateOne(
      { _id: first.documentId },
      { $set: { fileId: null, sha256: null, bytes: null, pages: null } },
    )
    expect(await documents.ofRoot('r3')).to.have.length(0)
    const blobs = await count('blobs.files')
    expect(await draw('r3.1', 'r3', new Date(0))).to.deep.equal(first)
    await documentRows.updateOne({ _id: first.documentId }, { $set: { fileId: null } })
    await connection.collection<{ _id: string }>('files').deleteOne({ _id: first.fileId })
    expect(await draw('r3.1', 'r3')).to.deep.equal(first)
    expect(await count('blobs.files')).to.equal(blobs)
  })

  it('refuses data that do not fit the layout without using up a version', async () => {
    const bad = activity().run(
      { layout: 'note', data: {}, series: 'sheet', title: 'x' } as never,
      context('r4.1', 'r4'),
    )
    expect(await refusal(bad)).to.equal('document.invalid-data')
    expect((await draw('r4.2', 'r4')).version).to.equal(1)
  })

  it('sweeps files that nobody attached for a week, and what broken uploads left, and nothing else', async () => {
    const kept = await hand(await samples.scannedLetterPdf({ seed: 3 }))
    await documents.files.attach([kept.id], 'root9', 'm9')
    const lost = await hand(await samples.scannedLetterPdf({ seed: 4 }))
    const orphan = new mongoose.mongo.ObjectId()
    await connection.collection('blobs.chunks').insertOne({ files_id: orphan, n: 0, data: Buffer.from('half') })
    expect(await documents.sweep()).to.deep.equal({ files: 0, contents: 0, unfinished: 0 })
    expect((await documents.sweep(new Date(Date.now() + DAY_MS))).unfinished).to.equal(1)
    await documents.sweep(new Date(Date.now() + 7.5 * DAY_MS))
    expect(await refusal(documents.files.get(lost.id))).to.equal('file.not-found')
    expect(await count('blobs.files', { filename: lost.sha256 })).to.equal(0)
    expect((await buffer(await documents.files.open(kept.id))).length).to.equal(kept.bytes)
  })
})
