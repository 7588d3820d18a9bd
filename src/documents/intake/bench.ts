import { type ChildProcess, fork } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { tooMany, unprocessable } from '../../platform/index.ts'
import type { BenchTask, Bitmap, PdfInspection } from './bench-task.ts'
import type { DocxFindings } from './docx.ts'

/** Bounds of the processes in which foreign files are opened. */
export interface BenchLimits {
  helpers: number
  /** Tasks waiting for a helper; more are turned away. */
  waitingMax: number
  taskMs: number
  /** JavaScript heap of a helper; WebAssembly memory grows beside it and is given back when the helper ends. */
  heapMiB: number
  /** A helper is replaced after so many tasks, which gives back what PDFium kept. */
  tasksPerHelper: number
}

export const benchLimits: BenchLimits = {
  helpers: 2,
  waitingMax: 200,
  taskMs: 20_000,
  heapMiB: 512,
  tasksPerHelper: 100,
}

/** Opens foreign files in processes of their own, a few at a time. */
export interface Bench {
  inspectPdf(bytes: Buffer, pagesMax: number): Promise<PdfInspection>
  inspectDocx(bytes: Buffer): Promise<DocxFindings>
  /** A page as a bitmap of at most `width` pixels; `page` counts from 1. */
  render(bytes: Buffer, page: number, width: number): Promise<Bitmap>
  close(): void
}

interface Job {
  task: BenchTask
  resolve(result: unknown): void
  reject(error: Error): void
}

type Answer = { result?: unknown; error?: string }

interface Helper {
  child: ChildProcess
  done: number
  job: Job | null
  timer: NodeJS.Timeout | null
}

/** The helper's code is TypeScript in a source tree, where it needs a loader, and JavaScript in `dist`. */
function startHelper(heapMiB: number): ChildProcess {
  const isSource = import.meta.url.endsWith('.ts')
  const script = new URL(`./bench-worker${isSource ? '.ts' : '.js'}`, import.meta.url)
  return fork(fileURLToPath(script), [], {
    execArgv: [
      ...(isSource ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href] : []),
      `--max-old-space-size=${heapMiB}`,
    ],
    serialization: 'advanced',
    // Nothing of the server's configuration is of use here, and none of its secrets.
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
}

/**
 * @throws AppError (from every task) file.busy when too many wait, file.too-complex when a file takes too long or too
 * much memory
 */
export function createBench(limits: BenchLimits = benchLimits): Bench {
  const helpers = new Set<Helper>()
  const waiting: Job[] = []

  function spawn(): Helper {
    const child = startHelper(limits.heapMiB)
    // A waiting helper must not keep the process alive; a running task holds it by its timer.
    child.unref()
    child.channel?.unref()
    const helper: Helper = { child, done: 0, job: null, timer: null }
    child.on('message', (answer: Answer) => settle(helper, answer))
    child.on('error', (error) => lose(helper, error))
    child.on('exit', () => lose(helper, new Error('helper ended')))
    helpers.add(helper)
    return helper
  }

  function settle(helper: Helper, { result, error }: Answer): void {
    const job = release(helper)
    helper.done++
    // After an error PDFium's memory may be in any state.
    if (helper.done >= limits.tasksPerHelper || error !== undefined) retire(helper)
    if (error === undefined) job?.resolve(result)
    else job?.reject(unprocessable('file.broken', error))
    next()
  }

  function lose(helper: Helper, cause: unknown): void {
    if (!helpers.delete(helper)) return
    release(helper)?.reject(
      unprocessable('file.too-complex', 'the file could not be read within its bounds', { cause }),
    )
    next()
  }

  function release(helper: Helper): Job | null {
    const { job } = helper
    if (helper.timer) clearTimeout(helper.timer)
    helper.timer = null
    helper.job = null
    return job
  }

  function retire(helper: Helper): void {
    helpers.delete(helper)
    helper.child.kill('SIGKILL')
  }

  function next(): void {
    const job = waiting[0]
    if (!job) return
    const free = [...helpers].find((helper) => helper.job === null) ?? (helpers.size < limits.helpers ? spawn() : null)
    if (!free) return
    waiting.shift()
    free.job = job
    free.timer = setTimeout(() => {
      lose(free, new Error(`longer than ${limits.taskMs} ms`))
      free.child.kill('SIGKILL')
    }, limits.taskMs)
    free.child.send({ task: job.task })
  }

  function submit<T>(task: BenchTask): Promise<T> {
    if (waiting.length >= limits.waitingMax) {
      return Promise.reject(tooMany('file.busy', 'too many files are being looked at; try again shortly'))
    }
    return new Promise<T>((resolve, reject) => {
      waiting.push({ task, resolve: (result) => resolve(result as T), reject })
      next()
    })
  }

  return {
    inspectPdf: (bytes, pagesMax) => submit({ kind: 'inspect-pdf', bytes, pagesMax }),
    inspectDocx: (bytes) => submit({ kind: 'inspect-docx', bytes }),
    render: (bytes, page, width) => submit({ kind: 'render', bytes, page, width }),
    close: () => {
      for (const job of waiting.splice(0)) job.reject(new Error('closing'))
      for (const { child } of [...helpers]) child.kill('SIGKILL')
    },
  }
}
