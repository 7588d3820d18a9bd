/** Servers, configuration, logs, errors: what every room stands on. Changes when the machine below changes. */
export * from './config.ts'
export * from './console-text.ts'
export * from './embedded/index.ts'
export * from './errors.ts'
export * from './lifecycle.ts'
export * from './log.ts'
export * from './mongo.ts'
export * from './redis.ts'
