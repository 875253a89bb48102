import { jobIdOf } from '@inferq/contracts'
import { jobOfTask } from '../job-of-task.ts'
import { dropFiles, partialsOf } from '../operations/keep-file.ts'
import type { LiveTask, Ports } from '../ports.ts'
import { stoppingMessage } from '../task.ts'
import { withoutJob } from './redeliver-queued.ts'

const pageSize = 1_000

/**
 * Finds tasks in progress whose job is gone though no live worker holds it, and puts them back in line, or ends them
 * when a stop was asked for. `outcomesRecorded` must resolve to true only if every outcome reported before the call
 * has been recorded: a job is also gone in the moment between its last outcome and the record of it.
 */
export async function recoverOrphans(
  ports: Pick<Ports, 'tasks' | 'line' | 'files'>,
  { olderThanMs, outcomesRecorded }: { olderThanMs: number; outcomesRecorded: () => Promise<boolean> },
): Promise<number> {
  let recovered = 0
  let afterId: string | null = null
  for (;;) {
    const page: readonly LiveTask[] = await ports.tasks.listRunning({ afterId, olderThanMs, limit: pageSize })
    const missing = await withoutJob(ports.line, page)
    const orphans = missing.length > 0 ? await withoutWorker(ports.line, missing) : []
    if (orphans.length > 0 && (await outcomesRecorded())) {
      const done = await Promise.all(orphans.map((task) => recover(ports, task)))
      recovered += done.filter(Boolean).length
    }
    if (page.length < pageSize) return recovered
    afterId = (page.at(-1) as LiveTask).id
  }
}

async function withoutWorker(line: Ports['line'], tasks: readonly LiveTask[]): Promise<LiveTask[]> {
  const held = new Set<string>()
  for (const company of new Set(tasks.map((task) => task.company))) {
    for (const worker of await line.watchers(company)) for (const jobId of worker.running) held.add(jobId)
  }
  return tasks.filter((task) => !held.has(jobIdOf(task.id, task.run)))
}

async function recover(
  { tasks, line, files }: Pick<Ports, 'tasks' | 'line' | 'files'>,
  task: LiveTask,
): Promise<boolean> {
  const guard = { statuses: ['in_progress'] as const, run: task.run, step: task.step }
  if (task.statusMessage === stoppingMessage) {
    const reason = 'stopped by request; the worker that ran it was lost'
    const changes = { status: 'stopped', statusReason: reason, statusMessage: '', completedAt: 'now' } as const
    const stopped = await tasks.updateTask(task.company, task.id, guard, changes, { type: 'stopped', reason })
    if (stopped) await dropFiles({ files }, partialsOf(task))
    return stopped !== null
  }
  const reason = 'its job was lost; it is in line again'
  const moved = await tasks.updateTask(
    task.company,
    task.id,
    guard,
    { statusReason: reason },
    { type: 'redelivered', reason },
  )
  if (!moved) return false
  await line.addJobs([jobOfTask(task)])
  return true
}
