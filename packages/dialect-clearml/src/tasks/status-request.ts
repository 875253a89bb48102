import type { Move } from '@inferq/domain'
import type { Call } from '../call.ts'
import { defaulted, flag, text } from '../transport/fields.ts'

/** What a request may say about a change of status. */
export const spoken = { status_reason: defaulted(text, ''), status_message: defaulted(text, '') }

/** One task, and whether the table of transitions is to be asked. */
export const movedTask = { task: text, force: flag, ...spoken }

export const moveOf = (
  { identity }: Call,
  { status_reason, status_message, force }: { status_reason: string; status_message: string; force?: boolean },
): Move => ({ by: identity.user, reason: status_reason, message: status_message, ...(force ? { force } : {}) })
