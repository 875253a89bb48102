import { defineEndpoint } from '../endpoint.ts'
import { ApiError } from '../errors/api-error.ts'
import { ids, object } from '../transport/fields.ts'

/** Takes public tasks back to the company that made them public. */
export const tasksMakePrivate = defineEndpoint('tasks.make_private', {
  since: '2.9',
  request: object({ ids }),
  async handle({ services, identity: { company } }, { ids }) {
    const unique = [...new Set(ids)]
    const visible = await services.tasks.findDetailed(company, unique, 'visible')
    const ours = new Set(
      visible.filter((task) => task.company === '' && task.companyOrigin === company).map(({ id }) => id),
    )
    const unknown = unique.filter((id) => !ours.has(id))
    if (unknown.length > 0) throw new ApiError('invalidTaskId', '', { ids: unknown.join(' '), company })
    const returned = await Promise.all(unique.map((id) => services.tasks.makePrivate(company, id)))
    return { updated: returned.filter((task) => task !== null).length }
  },
})
