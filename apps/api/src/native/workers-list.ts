import { parseJobId, WorkerList, type WorkerReport, type WorkerView } from '@inferq/contracts'
import { type NativeRoute, refusals } from './route.ts'

export const workersList: NativeRoute = (app, { line }) => {
  app.get(
    '/workers',
    {
      schema: {
        summary: 'List the workers alive now',
        tags: ['workers'],
        response: { 200: WorkerList, ...refusals },
      },
    },
    async ({ caller }) => ({ workers: (await line.watchers(caller.company)).map(workerView) }),
  )
}

const workerView = (report: WorkerReport): WorkerView => ({
  id: report.id,
  host: report.host,
  pid: report.pid,
  state: report.state,
  queues: report.queues,
  slots: report.concurrency,
  running: report.running.flatMap((jobId) => parseJobId(jobId)?.taskId ?? []),
  models: report.models,
  machine: report.machine,
  started_at: new Date(report.startedAt).toISOString(),
  last_seen_at: new Date(report.at).toISOString(),
})
