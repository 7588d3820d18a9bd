import { expect } from 'chai'
import { MulterError } from 'multer'
import type { Failure, Parts } from '../../src/http/parts.ts'
import { problemOf, statusOf } from '../../src/http/problem.ts'
import { recognise } from '../../src/http/recognise.ts'
import { AppError, conflict, type ErrorKind } from '../../src/platform/index.ts'
import { needServices } from '../support/services.ts'
import { openRig, type Rig } from './rig.ts'

const told = (error: unknown) => {
  const known = recognise(error)
  return known instanceof AppError ? `${statusOf(known)} ${known.code}` : 'unknown'
}
const named = (name: string, more: object = {}) => Object.assign(new Error('x'), { name, ...more })

describe('problem document', () => {
  const REQUEST = { id: 'r-1', url: '/api/v1/x?secret=1' }

  it('gives every kind its status', () => {
    const statuses: Record<ErrorKind, number> = {
      'invalid-input': 400,
      unauthenticated: 401,
      forbidden: 403,
      'not-found': 404,
      conflict: 409,
      'too-large': 413,
      unprocessable: 422,
      'too-many': 429,
      unavailable: 503,
    }
    for (const [kind, status] of Object.entries(statuses) as [ErrorKind, number][])
      expect(statusOf(new AppError(kind, 'a.b', 'x')), kind).to.equal(status)
  })

  it('knows a database or queue that is away by every name the drivers give it', () => {
    const names = [
      'MongoNetworkError',
      'MongoNetworkTimeoutError',
      'MongoServerSelectionError',
      'MongooseServerSelectionError',
      'MongoNotConnectedError',
      'MongoPoolClearedError',
      'MongoPoolClosedError',
      'MongoTopologyClosedError',
      'MongoWaitQueueTimeoutError',
      'PoolClearedOnNetworkError',
    ]
    for (const name of names) expect(told(named(name)), name).to.equal('503 storage.unavailable')
    expect(told(named('Error', { code: 'ECONNREFUSED' }))).to.equal('503 storage.unavailable')
    expect(told(named('MongoServerError', { code: 10_107 }))).to.equal('503 storage.unavailable')
    expect(told(new Error('Connection is closed.'))).to.equal('503 storage.unavailable')
    expect(told(named('MongoServerError', { code: 11_000 }))).to.equal('unknown')
    expect(told('thrown text')).to.equal('unknown')
  })

  it('tells uploads that do not fit apart', () => {
    expect(told(new MulterError('LIMIT_FILE_SIZE'))).to.equal('413 file.too-large')
    expect(told(new MulterError('LIMIT_FILE_COUNT'))).to.equal('413 request.too-many-files')
    expect(told(new MulterError('LIMIT_UNEXPECTED_FILE'))).to.equal('400 request.malformed')
  })

  it('lets no detail overwrite a member of its own, and shows no query', () => {
    const error = conflict('instance.not-now', 'x', {
      details: { status: 'done', type: 'GRANT', instance: 'i', state: 's' },
    })
    expect(problemOf(error, 'en', REQUEST)).to.deep.include({
      type: '/docs/errors#instance.not-now',
      status: 409,
      code: 'instance.not-now',
      instance: '/api/v1/x',
      state: 's',
    })
  })

  describe('and pages', () => {
    let rig: Rig
    const seen: Failure[] = []
    before(async function () {
      needServices(this, 'MONGODB_URI')
      const errorPage: Parts['errorPage'] = (failure, _request, response) => {
        seen.push(failure)
        if (failure.error.code === 'route.not-found' && response.locals.session.csrf === '') return '<p>stranger</p>'
        throw new Error('the page broke as well')
      }
      rig = await openRig({ errorPage })
    })
    after(async () => rig?.stop())

    it('are drawn even where the failure came before the caller was known', async () => {
      const answer = await rig.anybody.get('/assets/none.css').set('Accept', 'text/html').expect(404)
      expect(answer.text).to.equal('<p>stranger</p>')
    })

    it('give way to the problem document when they fail themselves', async () => {
      const answer = await rig.anybody.post('/nothing').set('Accept', 'text/html').expect(403)
      expect(answer.body.code).to.equal('csrf.invalid')
      expect(answer.text).to.not.include('broke')
    })

    it('explain every code where its type leads', async () => {
      const { text } = await rig.anybody.get('/docs/errors').set('Accept-Language', 'en').expect(200)
      expect(text).to.include('<section id="instance.stale">').and.include('Already decided')
    })
  })
})
