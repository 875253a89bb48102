import type { Task } from '@inferq/domain'

/** What is published stays as it is, unless one says that it may change. */
export const isLocked = ({ status }: Pick<Task, 'status'>): boolean => status === 'published' || status === 'publishing'
