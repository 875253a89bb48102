import { isLive } from '@inferq/contracts'
import { changeOwnTask } from '../document/change-own-task.ts'
import { defineEndpoint } from '../endpoint.ts'
import { ApiError } from '../errors/api-error.ts'
import { ids, object } from '../transport/fields.ts'

/** Shows tasks to every company; nobody can change them until they are private again. */
export const tasksMakePublic = defineEndpoint('tasks.make_public', {
  since: '2.9',
  request: object({ ids }),
  async handle(call, { ids }) {
    const { company } = call.identity
    const unique = [...new Set(ids)]
    const tasks = await call.services.tasks.findDetailed(company, unique, 'own')
    const own = new Set(tasks.map(({ id }) => id))
    const unknown = unique.filter((id) => !own.has(id))
    if (unknown.length > 0) throw new ApiError('invalidTaskId', '', { ids: unknown.join(' '), company })
    // The line of a job is its company's: out of it, nobody could deliver or end the run.
    const live = tasks.find(({ job, status }) => job !== null && isLive(status))
    if (live) throw new ApiError('invalidTaskStatus', 'dequeue or stop it first', { id: live.id, status: live.status })
    for (const id of unique) {
      await changeOwnTask(call, id, () => ({ set: { company: '', companyOrigin: company }, counts: 'edit' }))
    }
    return { updated: unique.length }
  },
})
