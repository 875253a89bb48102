import { TaskId } from '@inferq/contracts'
import type { Ports } from '../ports.ts'

/** A sign of life from the agent that took a task and has not started it yet. Any other task is left as it is. */
export async function extendLease(
  { tasks, limits }: Pick<Ports, 'tasks' | 'limits'>,
  company: string,
  id: string,
): Promise<void> {
  if (!TaskId.safeParse(id).success) return
  await tasks.changeTask(company, id, ({ leaseUntil }) =>
    leaseUntil === null ? null : { set: { leaseUntil: { secondsFromNow: limits.leaseSeconds } } },
  )
}
