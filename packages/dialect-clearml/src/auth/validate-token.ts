import { defineEndpoint } from '../endpoint.ts'
import { ApiError } from '../errors/api-error.ts'
import { object, text } from '../transport/fields.ts'

/** Whose token it is, or why it is none. */
export const authValidateToken = defineEndpoint('auth.validate_token', {
  since: '2.1',
  roles: ['system'],
  request: object({ token: text }),
  async handle({ authentication }, { token }) {
    try {
      const { identity } = await authentication.byToken(token)
      return { valid: true, user: identity.user, company: identity.company }
    } catch (error) {
      if (error instanceof ApiError) return { valid: false, msg: error.message }
      throw error
    }
  },
})
