import { roles } from '@inferq/domain'
import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { ApiError } from '../errors/api-error.ts'
import { defaulted, object, optional, text } from '../transport/fields.ts'
import { acrossCompanies, isAbove } from './impersonate.ts'

/** A user without keys. Nobody can make one who may do more than themselves; an admin only in their own company. */
export const authCreateUser = defineEndpoint('auth.create_user', {
  since: '2.1',
  roles: ['system', 'root', 'admin'],
  request: object({
    name: text,
    company: text,
    email: text,
    role: defaulted(z.enum(roles), 'user'),
    given_name: optional(text),
    family_name: optional(text),
    avatar: optional(text),
  }),
  async handle({ identity, services }, { name, company, email, role, given_name, family_name, avatar }) {
    const mayMakeThere = company === identity.company || acrossCompanies.includes(identity.role)
    if (mayMakeThere && isAbove(role, identity.role)) throw new ApiError('roleNotAllowed', `cannot make a ${role}`)
    const person = { email, givenName: given_name, familyName: family_name, avatar }
    const user = mayMakeThere ? await services.users.createUser({ name, company, role, ...person }) : null
    if (user === null) throw new ApiError('invalidId', 'unknown company', { company })
    return { id: user.id }
  },
})
