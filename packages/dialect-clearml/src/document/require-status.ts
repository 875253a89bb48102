import type { DetailedTask } from '@inferq/domain'
import { ApiError } from '../errors/api-error.ts'

type Guarded = Pick<DetailedTask, 'id' | 'status'>

/** A task is edited while it is a draft; with force always. */
export function requireDraft(task: Guarded, force: boolean): void {
  if (task.status !== 'created' && !force) throw refused(task, 'expected created, or force')
}

/** Parameters and configuration: while it is a draft, with force also while it runs. */
export function requireOpenParameters(task: Guarded, force: boolean): void {
  if (task.status === 'created' || (force && task.status === 'in_progress')) return
  throw refused(task, 'expected created, or in_progress with force')
}

/** Artifacts and models: while it is a draft or runs. */
export function requireDraftOrRunning(task: Guarded): void {
  if (task.status !== 'created' && task.status !== 'in_progress') throw refused(task, 'expected created or in_progress')
}

const refused = ({ id, status }: Guarded, expected: string) =>
  new ApiError('invalidTaskStatus', expected, { id, status })
