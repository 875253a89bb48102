import { defineEndpoint } from '../endpoint.ts'
import { ApiError } from '../errors/api-error.ts'
import { defaulted, flag, object, text } from '../transport/fields.ts'
import { requireQueue } from './require-queue.ts'

/** With `force` also while tasks wait in it; they become what they were before. */
export const queuesDelete = defineEndpoint('queues.delete', {
  since: '2.4',
  request: object({ queue: text, force: defaulted(flag, false) }),
  async handle(call, { queue: id, force }) {
    await requireQueue(call, id)
    const { services, identity } = call
    const reason = `Queue ${id} was deleted`
    const answer = await services.operations.deleteQueue(identity.company, id, { force, by: identity.user, reason })
    if (answer === 'not_empty') throw new ApiError('queueNotEmpty', 'use force=true to delete', { id })
    return { deleted: 1 }
  },
})
