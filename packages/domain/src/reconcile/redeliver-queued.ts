import { jobIdOf } from '@inferq/contracts'
import { jobOfTask, refOf } from '../job-of-task.ts'
import type { LiveTask, Ports, QueuedPosition, QueueRef } from '../ports.ts'

const pageSize = 1_000

export interface RedeliverOptions {
  /** Only tasks queued since then; null: all of them. */
  since: Date | null
  olderThanMs: number
  /** Resolves to true only if every outcome reported before the call has been recorded. */
  outcomesRecorded: () => Promise<boolean>
}

export interface Redelivery {
  redelivered: number
  /** By the database's clock: when the newest task that was looked at had been queued. */
  newest: Date | null
}

/**
 * Puts back every queued task whose job is missing, in the order in which they were waiting: after a crash between the
 * commit and the add, and after a full loss of Redis alike.
 */
export async function redeliverQueued(
  { tasks, line }: Pick<Ports, 'tasks' | 'line'>,
  { since, olderThanMs, outcomesRecorded }: RedeliverOptions,
): Promise<Redelivery> {
  let redelivered = 0
  let newest = since
  let after: QueuedPosition | null = null
  for (;;) {
    const page: readonly LiveTask[] = await tasks.listQueued({ after, since, olderThanMs, limit: pageSize })
    const missing = await stillQueued(tasks, await withoutJob(line, page), outcomesRecorded)
    if (missing.length > 0) await line.addJobs(missing.map(jobOfTask))
    redelivered += missing.length
    for (const { queuedAt } of page) if (!newest || queuedAt > newest) newest = queuedAt
    if (page.length < pageSize) return { redelivered, newest }
    after = page.at(-1) as LiveTask
  }
}

/** A job is also gone once it has run; so look again when what was reported until now is recorded. */
async function stillQueued(tasks: Ports['tasks'], missing: LiveTask[], outcomesRecorded: () => Promise<boolean>) {
  if (missing.length === 0 || !(await outcomesRecorded())) return []
  const runs = missing.map(({ id, run }) => ({ taskId: id, run }))
  const queued = await tasks.filterRuns(runs, ['queued'])
  return missing.filter((task) => queued.has(jobIdOf(task.id, task.run)))
}

/** Of these tasks, in their order, the ones whose job the line does not know. */
export async function withoutJob(line: Ports['line'], tasks: readonly LiveTask[]): Promise<LiveTask[]> {
  const missing = new Set<LiveTask>()
  for (const [ref, group] of byQueue(tasks)) {
    const present = await line.present(
      ref,
      group.map((task) => jobIdOf(task.id, task.run)),
    )
    for (const [index, task] of group.entries()) if (!present[index]) missing.add(task)
  }
  return tasks.filter((task) => missing.has(task))
}

function byQueue(tasks: readonly LiveTask[]): Map<QueueRef, LiveTask[]> {
  const groups = new Map<string, [QueueRef, LiveTask[]]>()
  for (const task of tasks) {
    const key = `${task.company}/${task.queue}`
    const group = groups.get(key)
    if (group) group[1].push(task)
    else groups.set(key, [refOf(task), [task]])
  }
  return new Map(groups.values())
}
