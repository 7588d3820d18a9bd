/**
 * How long things take: journeys, durations per step, percentiles. Reads the audit, writes nothing but projections
 * that can be rebuilt from it. Changes when the office wants other figures.
 */
export * from './journey.ts'
export { type JourneyParts, journeyOf } from './journey-of.ts'
export type { OfficeFigures, StepFigures, StepsQuery, WholeFigures } from './step-figures.ts'
export { createTiming, type JourneyRequest, type Timing, type TimingOptions } from './timing.ts'
export { factsOfWorkflows, type KnownWorkflows } from './titles.ts'
