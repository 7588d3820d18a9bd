/** Exit 0 when this container can do its work: web says so itself, a worker needs its servers fit for use. */
const isWorker = process.env.MAHAKAM_ROLE === 'worker'

async function webIsReady() {
  const url = `http://127.0.0.1:${process.env.PORT ?? 3000}/readyz`
  const answer = await fetch(url, { signal: AbortSignal.timeout(4_000) }).catch(() => null)
  return answer?.ok ?? false
}

async function workerIsReady() {
  const { loadConfig, runDoctor } = await import('../../dist/src/platform/index.js')
  const report = await runDoctor(loadConfig())
  for (const { name, ok, detail } of report.checks) if (!ok) console.error(`${name}: ${detail}`)
  return report.ok
}

process.exit((await (isWorker ? workerIsReady() : webIsReady())) ? 0 : 1)
