/**
 * How long things take: journeys, durations per step, percentiles. Reads the audit, writes nothing but projections
 * that can be rebuilt from it. Changes when the office wants other figures.
 */
export * from './journey.ts'
