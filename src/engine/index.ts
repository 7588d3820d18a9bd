/**
 * Durable XState: a workflow is a plain v5 machine, an instance one document, a decision one atomic write. This room
 * changes when the meaning of an XState construct changes, and for no other reason; it knows nothing of letters,
 * people or pages.
 */
export * from './actor.ts'
export { createEngine, type EngineOptions, type RunningEngine } from './create-engine.ts'
export type { Decision } from './decide.ts'
export * from './definition.ts'
export * from './engine.ts'
export * from './instance.ts'
export { jsonSchemaOf } from './queries.ts'
