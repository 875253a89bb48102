import type { Call } from '../call.ts'
import { changeOwnModel } from './change-own-model.ts'

const archivedTag = 'archived'

/** Puts a model away, or takes it out again. */
export async function archiveModel(call: Call, id: string, isArchived: boolean): Promise<void> {
  await changeOwnModel(call, id, ({ systemTags }) => {
    const others = systemTags.filter((tag) => tag !== archivedTag)
    return { systemTags: isArchived ? [...others, archivedTag] : others }
  })
}
