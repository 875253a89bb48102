import { type Role, roles, type UserStore } from '@inferq/domain'
import { ApiError } from '../errors/api-error.ts'
import { identityOf } from './authentication.ts'
import type { Identity } from './identity.ts'

const mayImpersonate: readonly Role[] = ['system', 'root', 'admin']
/** Whose say reaches beyond their own company. */
export const acrossCompanies: readonly Role[] = ['system', 'root']

/** As whom the call is made: the caller, unless a header names another. Throws `400/5`, `400/6`. */
export async function impersonate(
  caller: Identity,
  { impersonateAs, actAs }: { impersonateAs: string | undefined; actAs: string | undefined },
  users: Pick<UserStore, 'findUser'>,
): Promise<Identity> {
  if (impersonateAs && actAs) throw new ApiError('invalidHeaders', 'only one of impersonate-as and act-as is allowed')
  const id = impersonateAs || actAs
  if (!id) return caller
  if (!mayImpersonate.includes(caller.role)) throw new ApiError('impersonation', 'not allowed for this role')
  const user = await users.findUser(id)
  if (!user || (user.company !== caller.company && !acrossCompanies.includes(caller.role))) {
    throw new ApiError('impersonation', 'unknown user', { user: id })
  }
  if (actAs) return { ...identityOf(user), role: caller.role }
  if (isAbove(user.role, caller.role)) throw new ApiError('impersonation', 'their role is above that of the caller')
  return identityOf(user)
}

/** Roles are listed from the most powerful down. */
export const isAbove = (role: Role, other: Role): boolean => roles.indexOf(role) < roles.indexOf(other)
