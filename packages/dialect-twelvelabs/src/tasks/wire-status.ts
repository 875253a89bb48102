import type { TaskStatus } from '@inferq/contracts'
import { statusesOf, type Task, type Verdict, verdictOf } from '@inferq/domain'

export const wireStatuses = ['processing', 'ready', 'failed'] as const
export type WireStatus = (typeof wireStatuses)[number]

const words = { pending: 'processing', success: 'ready', error: 'failed' } as const satisfies Record<
  Verdict,
  WireStatus
>

export const wireStatus = (task: Task): WireStatus => words[verdictOf(task)]

/** The statuses of tasks that are shown with that one. */
export const statusesShownAs = (status: WireStatus): TaskStatus[] =>
  (Object.keys(words) as Verdict[]).filter((verdict) => words[verdict] === status).flatMap(statusesOf)
