import type { DetailedTask } from '@inferq/domain'

/** When a task was written last; an edit moves only one of its two times. */
export const lastChange = ({ updatedAt, editedAt }: Pick<DetailedTask, 'updatedAt' | 'editedAt'>): Date =>
  editedAt !== null && editedAt > updatedAt ? editedAt : updatedAt
