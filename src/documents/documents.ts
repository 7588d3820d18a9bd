import type { Connection } from 'mongoose'
import type { ActivityDefinition } from '../engine/index.ts'
import type { Logger } from '../platform/index.ts'
import type { Layout } from './drawing/layout.ts'
import { benchLimits, createBench } from './intake/bench.ts'
import type { IntakeLimits } from './intake/inspect.ts'
import { renderDocumentActivity } from './render-document.ts'
import { drawSampleLetter, type SampleLetter } from './sample-letter.ts'
import { createBlobs } from './store/blobs.ts'
import { createFiles, type Files } from './store/files.ts'
import { createModels, type DocumentRow } from './store/models.ts'
import { type Swept, sweepFiles } from './store/sweep.ts'
import { type DocumentVersion, drawVersion } from './store/versions.ts'

export interface DocumentsOptions {
  connection: Connection
  layouts: Readonly<Record<string, Layout>>
  limits: IntakeLimits
  log: Logger
}

export interface Documents {
  readonly files: Files
  readonly activities: readonly ActivityDefinition[]
  /** Makes collections' indexes; once at start, before anything else. */
  prepare(): Promise<void>
  /** Finished versions drawn for an instance, oldest first. */
  ofInstance(instance: string): Promise<DocumentVersion[]>
  /** Finished versions of a whole letter, by series and version. */
  ofRoot(root: string): Promise<DocumentVersion[]>
  /** A letter that looks scanned, for trials and demonstrations: PDF bytes. */
  sampleLetter(letter: SampleLetter): Promise<Buffer>
  /** One bounded round of cleaning; to be called every hour or so. */
  sweep(now?: Date): Promise<Swept>
  close(): void
}

const LISTED_MAX = 1000

export function createDocuments({ connection, layouts, limits, log }: DocumentsOptions): Documents {
  const models = createModels(connection)
  const blobs = createBlobs(connection)
  const bench = createBench(benchLimits)
  const finished = { fileId: { $ne: null } }
  return {
    files: createFiles({ models, blobs, bench, limits }),
    activities: [renderDocumentActivity(layouts, (order) => drawVersion(models, blobs, order))],
    prepare: async () => {
      await blobs.prepare()
      for (const model of [models.files, models.documents, models.previews]) await model.createIndexes()
    },
    ofInstance: async (instance) =>
      asVersions(
        await models.documents
          .find({ instance, ...finished })
          .sort({ at: 1, version: 1 })
          .limit(LISTED_MAX)
          .lean(),
      ),
    ofRoot: async (root) =>
      asVersions(
        await models.documents
          .find({ root, ...finished })
          .sort({ series: 1, version: 1 })
          .limit(LISTED_MAX)
          .lean(),
      ),
    sampleLetter: (letter) => drawSampleLetter(letter, bench),
    sweep: async (now = new Date()) => {
      const swept = await sweepFiles(models, blobs, now)
      if (swept.files + swept.contents + swept.unfinished > 0) log.info(swept, 'files.swept')
      return swept
    },
    close: () => bench.close(),
  }
}

/** The queries ask for finished rows only. */
const asVersions = (rows: DocumentRow[]) => rows as DocumentVersion[]
