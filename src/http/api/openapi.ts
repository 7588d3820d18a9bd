import { z } from 'zod'
import * as shapes from './schemas.ts'

type Json = Record<string, unknown>

/** Components by name: every shape the API says or hears, from the schemas that validate. */
const COMPONENTS = {
  Problem: shapes.problem,
  Instance: shapes.instance,
  InstancePage: shapes.instancePage,
  StartBody: shapes.startBody,
  SendBody: shapes.sendBody,
  OfferList: shapes.offerList,
  AuditList: shapes.auditList,
  DocumentList: shapes.documentList,
  TaskPage: shapes.taskPage,
  File: shapes.file,
  WorkflowList: shapes.workflowList,
  Workflow: shapes.workflow,
  Me: shapes.me,
} as const

type ComponentName = keyof typeof COMPONENTS

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _draft, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' })
  return rest
}

const ref = (name: ComponentName) => ({ $ref: `#/components/schemas/${name}` })
const jsonOf = (name: ComponentName) => ({ 'application/json': { schema: ref(name) } })

/** Query parameters of a zod object. */
function queryOf(schema: z.ZodObject): Json[] {
  const { properties = {} } = schemaOf(schema, 'input') as { properties?: Record<string, Json> }
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: 'query',
    required: false,
    ...(description !== undefined && { description }),
    schema: rest,
  }))
}

const pathParameter = (name: string, schema: Json = schemaOf(shapes.id, 'input')) => ({
  name,
  in: 'path',
  required: true,
  schema,
})

const header = (name: string, required: boolean, description: string, schema: Json) => ({
  name,
  in: 'header',
  required,
  description,
  schema,
})

const KEY = header('Idempotency-Key', true, 'The same key, sender and content do a thing once', {
  type: 'string',
  pattern: '^[\\x21-\\x7e]{1,200}$',
})
const RANGE = header('Range', false, 'One range of bytes', { type: 'string' })

const PROBLEMS: Record<number, string> = {
  400: 'Cannot be read, or does not fit',
  401: 'No valid token',
  403: 'Somebody else’s to do',
  404: 'Does not exist, or not yours to read',
  409: 'Decided meanwhile, or not possible now',
  413: 'Too large',
  422: 'Data do not fit the schema of the workflow, or the file is not taken in',
  429: 'Too many requests; see Retry-After',
  503: 'A server behind this one is away; see Retry-After',
}

const problems = (...statuses: number[]) =>
  Object.fromEntries(
    [401, 429, 503, ...statuses]
      .toSorted()
      .map((status) => [
        String(status),
        { description: PROBLEMS[status], content: { 'application/problem+json': { schema: ref('Problem') } } },
      ]),
  )

interface Route {
  id: string
  summary: string
  answer: ComponentName
  status?: number
  parameters?: Json[]
  body?: Json
  problems?: number[]
}

const operation = ({ id, summary, answer, status = 200, parameters = [], body, problems: told = [] }: Route) => ({
  operationId: id,
  summary,
  parameters,
  ...(body && { requestBody: { required: true, content: body } }),
  responses: { [status]: { description: summary, content: jsonOf(answer) }, ...problems(...told) },
})

const ONE = [pathParameter('id')]

const instancePaths = () => ({
  '/instances': {
    get: operation({
      id: 'listInstances',
      summary: 'Instances the caller may read, newest first',
      answer: 'InstancePage',
      parameters: queryOf(shapes.instanceQuery),
      problems: [400, 404],
    }),
    post: operation({
      id: 'startInstance',
      summary: 'Start a workflow',
      answer: 'Instance',
      status: 201,
      parameters: [KEY],
      body: jsonOf('StartBody'),
      problems: [400, 403, 404, 409, 413, 422],
    }),
  },
  '/instances/{id}': {
    get: operation({
      id: 'readInstance',
      summary: 'One instance',
      answer: 'Instance',
      parameters: ONE,
      problems: [404],
    }),
  },
  '/instances/{id}/events': {
    get: operation({
      id: 'listOffers',
      summary: 'Events the caller may send now',
      answer: 'OfferList',
      parameters: ONE,
      problems: [404, 422],
    }),
    post: operation({
      id: 'sendEvent',
      summary: 'Send an event',
      answer: 'Instance',
      parameters: [...ONE, KEY],
      body: jsonOf('SendBody'),
      problems: [400, 403, 404, 409, 413, 422],
    }),
  },
  '/instances/{id}/audit': {
    get: operation({
      id: 'readAudit',
      summary: 'The whole history, oldest first, as a hash chain',
      answer: 'AuditList',
      parameters: ONE,
      problems: [404],
    }),
  },
  '/instances/{id}/documents': {
    get: operation({
      id: 'listDocuments',
      summary: 'Papers drawn for the instance',
      answer: 'DocumentList',
      parameters: ONE,
      problems: [404],
    }),
  },
})

const binary = (description: string, extra: Json = {}) => ({
  description,
  content: { '*/*': { schema: { type: 'string', format: 'binary' } } },
  ...extra,
})

const filePaths = () => ({
  '/files': {
    post: operation({
      id: 'uploadFile',
      summary: 'Hand a file in',
      answer: 'File',
      status: 201,
      body: {
        'multipart/form-data': {
          schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } },
        },
      },
      problems: [400, 403, 413, 422],
    }),
  },
  '/files/{id}': {
    get: {
      operationId: 'readFile',
      summary: 'Content of a file',
      parameters: [...ONE, RANGE],
      responses: {
        200: binary('The whole file'),
        206: binary('One range of it'),
        304: { description: 'Not changed' },
        416: { description: 'The range lies outside of the file' },
        ...problems(404),
      },
    },
  },
  '/files/{id}/pages/{page}': {
    get: {
      operationId: 'previewPage',
      summary: 'A page made small',
      parameters: [...ONE, pathParameter('page', { type: 'integer', minimum: 1 }), ...queryOf(shapes.previewQuery)],
      responses: { 200: binary('WebP'), 304: { description: 'Not changed' }, ...problems(400, 404, 422) },
    },
  },
})

const readingPaths = () => ({
  '/workflows': {
    get: operation({ id: 'listWorkflows', summary: 'Workflows, newest version of each', answer: 'WorkflowList' }),
  },
  '/workflows/{id}': {
    get: operation({
      id: 'readWorkflow',
      summary: 'A workflow with its machine and the schemas of its events',
      answer: 'Workflow',
      parameters: ONE,
      problems: [404],
    }),
  },
  '/tasks': {
    get: operation({
      id: 'listTasks',
      summary: 'The caller’s tray: most urgent first, then longest waiting',
      answer: 'TaskPage',
      parameters: queryOf(shapes.taskQuery),
      problems: [400],
    }),
  },
  '/me': { get: operation({ id: 'readMe', summary: 'Who the caller is', answer: 'Me' }) },
})

/** Bodies as they are heard, everything else as it is said. */
const HEARD: ReadonlySet<string> = new Set(['StartBody', 'SendBody'])

/** The OpenAPI 3.1 document of `/api/v1`, whole and self-contained. */
export function openApi(baseUrl: string): Json {
  const schemas = Object.entries(COMPONENTS).map(([name, schema]) => [
    name,
    schemaOf(schema, HEARD.has(name) ? 'input' : 'output'),
  ])
  return {
    openapi: '3.1.0',
    info: { title: 'Mahakam', version: '1', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: `${baseUrl}/api/v1` }],
    security: [{ token: [] }],
    paths: { ...readingPaths(), ...instancePaths(), ...filePaths() },
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'A token beginning with mhk_' } },
      schemas: Object.fromEntries(schemas),
    },
  }
}
