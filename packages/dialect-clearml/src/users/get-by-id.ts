import { userFields } from '../document/referenced-fields.ts'
import { writeFields } from '../document/select.ts'
import { defineEndpoint } from '../endpoint.ts'
import { ApiError } from '../errors/api-error.ts'
import { everything } from '../query/selection.ts'
import { object, text } from '../transport/fields.ts'

/** Throws 400/301 for who is not of the caller's company. */
export const usersGetById = defineEndpoint('users.get_by_id', {
  since: '2.1',
  request: object({ user: text }),
  async handle({ services, identity }, { user: id }) {
    const [user] = await services.users.findUsers(identity.company, [id])
    if (!user) throw new ApiError('invalidUserId', '', { id })
    return { user: writeFields(userFields, everything, user) }
  },
})
