import { isBefore } from '../call.ts'
import { isoDate } from '../document/iso-date.ts'
import { defineEndpoint } from '../endpoint.ts'
import { ApiError } from '../errors/api-error.ts'
import { object } from '../transport/fields.ts'

/** What the web page's exports may hold; there is no such page here. */
const maxDownloadItems = 4_000

/** The caller, as the clients show them. */
export const usersGetCurrentUser = defineEndpoint('users.get_current_user', {
  since: '2.1',
  request: object({}),
  async handle({ identity, services, version }) {
    const user = await services.users.findUser(identity.user)
    if (user === null) throw new ApiError('invalidUserId', '', { id: identity.user })
    const { givenName, familyName, avatar } = user
    return {
      user: {
        id: user.id,
        name: user.name,
        company: { id: user.company, name: user.companyName },
        role: identity.role,
        created: isoDate(user.createdAt),
        preferences: {},
        ...(givenName === null ? {} : { given_name: givenName }),
        ...(familyName === null ? {} : { family_name: familyName }),
        ...(avatar === null ? {} : { avatar }),
      },
      ...(isBefore(version, [2, 20]) ? {} : { getting_started: {} }),
      ...(isBefore(version, [2, 26]) ? {} : { settings: { max_download_items: maxDownloadItems } }),
    }
  },
})
