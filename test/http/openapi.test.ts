import { expect } from 'chai'
import { openApi } from '../../src/http/api/openapi.ts'
import { errorsId } from '../../src/http/labels/errors.id.ts'
import { needServices } from '../support/services.ts'
import { key, openRig, type Rig } from './rig.ts'

type Json = Record<string, unknown>
const METHODS = ['get', 'post']

interface Operation {
  operationId: string
  parameters?: { name: string; in: string; required: boolean; schema: Json }[]
  responses: Record<string, { content?: Record<string, { schema: { $ref?: string } }> }>
}

const document = openApi('https://mahakam.example') as {
  openapi: string
  servers: { url: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Json>; securitySchemes: Json }
}
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
)

function* references(value: unknown): Generator<string> {
  if (value === null || typeof value !== 'object') return
  for (const [name, part] of Object.entries(value)) {
    if (name === '$ref') yield String(part)
    else yield* references(part)
  }
}

/** The least of JSON Schema that the API's own shapes use: types, required members, arrays, references, null. */
function problemsIn(schema: Json, value: unknown, at = '$'): string[] {
  const {
    $ref,
    anyOf,
    type,
    properties = {},
    required = [],
    items,
  } = schema as {
    $ref?: string
    anyOf?: Json[]
    type?: string
    properties?: Record<string, Json>
    required?: string[]
    items?: Json
  }
  if ($ref) return problemsIn(document.components.schemas[$ref.split('/').at(-1) ?? ''] ?? {}, value, at)
  if (anyOf) return anyOf.some((each) => problemsIn(each, value, at).length === 0) ? [] : [`${at}: none of its forms`]
  if (type === 'null') return value === null ? [] : [`${at}: not null`]
  if (type === 'array')
    return Array.isArray(value)
      ? value.flatMap((part, index) => (items ? problemsIn(items, part, `${at}[${index}]`) : []))
      : [`${at}: no list`]
  if (type === 'object') {
    if (value === null || typeof value !== 'object') return [`${at}: no object`]
    const own = value as Json
    const missing = required.filter((name) => !Object.hasOwn(own, name)).map((name) => `${at}.${name}: missing`)
    const known = Object.entries(properties).filter(([name]) => Object.hasOwn(own, name))
    const extra =
      Object.keys(properties).length > 0 && schema.additionalProperties === false
        ? Object.keys(own)
            .filter((name) => !Object.hasOwn(properties, name))
            .map((name) => `${at}.${name}: not said`)
        : []
    return [...missing, ...extra, ...known.flatMap(([name, part]) => problemsIn(part, own[name], `${at}.${name}`))]
  }
  const kinds: Record<string, boolean> = {
    string: typeof value === 'string',
    integer: Number.isInteger(value),
    number: typeof value === 'number',
    boolean: typeof value === 'boolean',
  }
  return type && kinds[type] === false ? [`${at}: no ${type}`] : []
}

describe('OpenAPI document', () => {
  it('is of 3.1 and lists every route of the contract', () => {
    expect(document.openapi).to.match(/^3\.1\./)
    expect(document.servers[0]?.url).to.equal('https://mahakam.example/api/v1')
    expect(operations.map(({ path, method }) => `${method} ${path}`).toSorted()).to.deep.equal([
      'get /files/{id}',
      'get /files/{id}/pages/{page}',
      'get /instances',
      'get /instances/{id}',
      'get /instances/{id}/audit',
      'get /instances/{id}/documents',
      'get /instances/{id}/events',
      'get /me',
      'get /tasks',
      'get /workflows',
      'get /workflows/{id}',
      'post /files',
      'post /instances',
      'post /instances/{id}/events',
    ])
  })

  it('gives every operation an id of its own, its path parameters, and problem documents', () => {
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).to.equal(operations.length)
    for (const { path, method, operation } of operations) {
      expect(METHODS, path).to.include(method)
      const wanted = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const said = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path')
      expect(
        said.map(({ name }) => name),
        path,
      ).to.deep.equal(wanted)
      expect(said.every(({ required }) => required)).to.equal(true)
      for (const [status, { content }] of Object.entries(operation.responses))
        if (Number(status) >= 400 && Number(status) !== 416)
          expect(content, `${path} ${status}`).to.have.property('application/problem+json')
      expect(Object.keys(operation.responses)).to.include('401')
    }
  })

  it('refers only to what it holds, and holds nothing that is not used', () => {
    const used = new Set([...references(document)].map((each) => each.split('/').at(-1)))
    expect([...used].toSorted()).to.deep.equal(Object.keys(document.components.schemas).toSorted())
  })

  it('wants a key for everything that acts', () => {
    for (const path of ['/instances', '/instances/{id}/events']) {
      const named = document.paths[path]?.post?.parameters?.find(({ name }) => name === 'Idempotency-Key')
      expect(named, path).to.deep.include({ in: 'header', required: true })
    }
  })

  describe('held against the answers', () => {
    let rig: Rig
    before(async function () {
      needServices(this, 'MONGODB_URI')
      rig = await openRig()
    })
    after(async () => rig?.stop())

    const answerOf = (path: string, method: string, status: number): Json =>
      document.paths[path]?.[method]?.responses[status]?.content?.['application/json']?.schema ?? {}

    it('is handed out to anybody', async () => {
      const { body } = await rig.anybody.get('/api/v1/openapi.json').expect(200)
      expect(body.openapi).to.equal('3.1.0')
      expect(body.paths).to.deep.equal(JSON.parse(JSON.stringify(document.paths)))
    })

    it('describes every answer as it comes', async () => {
      const data = { unit: 'unit-a', title: 'Described', judges: [] }
      const post = (path: string, body: object) =>
        rig.as('citra').post(`/api/v1${path}`).set('Idempotency-Key', key()).send(body)
      const started = await post('/instances', { workflow: 'request', data }).expect(201)
      expect(problemsIn(answerOf('/instances', 'post', 201), started.body)).to.deep.equal([])
      const { id } = started.body
      const paths = ['/instances', '/tasks', '/me', '/workflows', '/workflows/{id}', '/instances/{id}']
      const below = ['/audit', '/events', '/documents'].map((part) => `/instances/{id}${part}`)
      for (const path of [...paths, ...below]) {
        const address = path.replace('{id}', path.startsWith('/workflows') ? 'request' : id)
        const { body } = await rig.as('hadi').get(`/api/v1${address}`).expect(200)
        expect(problemsIn(answerOf(path, 'get', 200), body), path).to.deep.equal([])
      }
    })

    it('describes refusals, whose codes have words', async () => {
      const { body } = await rig.as('citra').get('/api/v1/instances/none').expect(404)
      expect(problemsIn({ $ref: '#/components/schemas/Problem' }, body)).to.deep.equal([])
      expect(errorsId).to.have.property(body.code)
    })
  })
})
