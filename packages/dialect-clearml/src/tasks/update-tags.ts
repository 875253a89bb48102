import { changeOwnTask } from '../document/change-own-task.ts'
import { refuseReservedTags } from '../document/check-fields.ts'
import { compareText } from '../document/compare-text.ts'
import { requireOwnTasks } from '../document/own-tasks.ts'
import { defineEndpoint } from '../endpoint.ts'
import { ApiError } from '../errors/api-error.ts'
import { defaulted, ids, list, object, text } from '../transport/fields.ts'

/** Adds tags to tasks and takes others away, in this order; tags that somebody else adds meanwhile stay. */
export const tasksUpdateTags = defineEndpoint('tasks.update_tags', {
  since: '2.27',
  request: object({ ids, add_tags: defaulted(list(text), []), remove_tags: defaulted(list(text), []) }),
  async handle(call, { ids, add_tags, remove_tags }) {
    if (add_tags.length + remove_tags.length === 0) {
      throw new ApiError('validation', "expected tags in 'add_tags' or 'remove_tags'")
    }
    refuseReservedTags(add_tags)
    const unique = [...new Set(ids)]
    await requireOwnTasks(call, unique)
    for (const id of unique) {
      await changeOwnTask(call, id, ({ tags }) => {
        const kept = [...new Set([...tags, ...add_tags])].filter((tag) => !remove_tags.includes(tag))
        return { set: { tags: kept.sort(compareText) }, counts: 'edit' }
      })
    }
    return { updated: unique.length * (Number(add_tags.length > 0) + Number(remove_tags.length > 0)) }
  },
})
