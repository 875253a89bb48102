import type { DetailedTask } from '@inferq/domain'

/** How long a task has been at work, while it is. */
export function activeSeconds({ status, startedAt }: Pick<DetailedTask, 'status' | 'startedAt'>): {
  activeSeconds?: number
} {
  if (status !== 'in_progress' || startedAt === null) return {}
  return { activeSeconds: Math.max(0, Math.floor((Date.now() - startedAt.getTime()) / 1000)) }
}
