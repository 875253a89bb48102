import { defineEndpoint } from '../endpoint.ts'
import { ApiError } from '../errors/api-error.ts'
import { object, optional, text } from '../transport/fields.ts'
import { ownCredential } from './own-credential.ts'

/** Changes the label of a pair of the caller's keys. */
export const authEditCredentials = defineEndpoint('auth.edit_credentials', {
  since: '2.19',
  request: object({ access_key: text, label: optional(text) }),
  async handle(call, { access_key, label }) {
    if ((await ownCredential(call, access_key)) === null) throw new ApiError('invalidAccessKey', '', { access_key })
    if (label === undefined) return { updated: 0 }
    const { credentials } = call.services
    const renamed = await credentials.renameCredential(call.identity.company, access_key, label)
    return { updated: renamed === null ? 0 : 1 }
  },
})
