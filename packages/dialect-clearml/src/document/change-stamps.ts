import type { DetailedTask } from '@inferq/domain'
import { isoDate } from './iso-date.ts'
import { lastChange } from './last-change.ts'

/** The marks of a write, as its answer lists them. */
export const changeStamps = (after: DetailedTask, counts: 'update' | 'edit') => ({
  last_change: isoDate(lastChange(after)),
  last_changed_by: after.changedBy ?? after.user,
  ...(counts === 'update' ? { last_update: isoDate(after.updatedAt) } : {}),
})
