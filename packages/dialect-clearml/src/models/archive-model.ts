import { archivedTags } from '@inferq/domain'
import type { Call } from '../call.ts'
import { changeOwnModel } from './change-own-model.ts'

/** Puts a model away, or takes it out again. */
export async function archiveModel(call: Call, id: string, isAway: boolean): Promise<void> {
  await changeOwnModel(call, id, ({ systemTags }) => ({ systemTags: archivedTags(systemTags, isAway) }))
}
