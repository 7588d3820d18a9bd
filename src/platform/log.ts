import { type Logger, pino } from 'pino'

export type { Logger }

/** JSON lines on stdout, event name first in `msg`; the paths below never reach a log. */
export function createLogger(level: string, role: string): Logger {
  return pino({
    level,
    base: { role, pid: process.pid },
    redact: {
      paths: ['token', 'password', 'authorization', 'cookie', 'nip', '*.token', '*.password', '*.nip', 'req.headers'],
      censor: '[redacted]',
    },
  })
}
