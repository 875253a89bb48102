import { isoDate } from '../document/iso-date.ts'
import { defineEndpoint } from '../endpoint.ts'
import { object } from '../transport/fields.ts'

/** The caller's own keys in force, without their secrets. */
export const authGetCredentials = defineEndpoint('auth.get_credentials', {
  since: '2.1',
  request: object({}),
  async handle({ identity, services }) {
    const all = await services.credentials.listCredentials(identity.company)
    const own = all.filter(({ user, revokedAt }) => user === identity.user && revokedAt === null)
    const credentials = own.map(({ accessKey, name, lastUsedAt, lastUsedFrom }) => ({
      access_key: accessKey,
      label: name,
      ...(lastUsedAt === null ? {} : { last_used: isoDate(lastUsedAt), last_used_from: lastUsedFrom ?? '' }),
    }))
    return { credentials }
  },
})
