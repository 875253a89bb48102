import type { DetailedChanges, DetailedTask } from '@inferq/domain'
import { activeSeconds } from './active-seconds.ts'

/** What it changes on a task that it, or its agent, was heard of. */
export const signOfLife = (
  task: Pick<DetailedTask, 'status' | 'startedAt' | 'leaseUntil'>,
  leaseSeconds: number,
): DetailedChanges => ({ ...activeSeconds(task), ...extendedLease(task, leaseSeconds) })

/** An agent that took the task and has not started it yet is still at it. */
const extendedLease = ({ leaseUntil }: Pick<DetailedTask, 'leaseUntil'>, seconds: number): DetailedChanges =>
  leaseUntil === null ? {} : { leaseUntil: { secondsFromNow: seconds } }
