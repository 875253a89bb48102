import type { Moved } from '@inferq/domain'
import { changeStamps } from '../document/change-stamps.ts'
import { isoDate } from '../document/iso-date.ts'

/** What every change of status sets, in the words of this language, and `more` that this one set. */
export function statusAnswer({ task }: Moved, more: Readonly<Record<string, unknown>> = {}) {
  return {
    updated: 1,
    fields: {
      status: task.status,
      status_reason: task.statusReason,
      status_message: task.statusMessage,
      ...(task.statusChangedAt === null ? {} : { status_changed: isoDate(task.statusChangedAt) }),
      ...changeStamps(task, 'update'),
      ...more,
    },
  }
}

/** A time that was just set, under the name that it has in answers. */
export const setTime = (name: 'started' | 'completed' | 'published', time: Date | null) =>
  time === null ? {} : { [name]: isoDate(time) }
