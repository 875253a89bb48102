import type { Condition } from '@inferq/domain'
import type { Call } from '../call.ts'
import type { WireDocument } from '../document/fields.ts'
import { userFields } from '../document/referenced-fields.ts'
import { writeFields } from '../document/select.ts'
import { userCollection } from '../query/collection.ts'
import { narrow, parseQuery, type Query, searchFor } from '../query/parse-query.ts'
import type { QueryRequest } from '../query/request.ts'

/** What a query for users of the caller's company finds. With `also`, only who fits that too. */
export async function searchUsers(
  call: Call,
  request: QueryRequest,
  also: Condition | null = null,
): Promise<{ query: Query; users: WireDocument[] }> {
  const asked = parseQuery(request, userCollection)
  const query = also ? narrow(asked, also) : asked
  const found = await call.services.users.searchUsers({ ...(await searchFor(call, query)), publicToo: false })
  return { query, users: found.map((user) => writeFields(userFields, query.selection, user)) }
}
