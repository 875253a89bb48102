import type { Condition } from '@inferq/domain'
import type { Call } from '../call.ts'
import { expandReferences } from '../document/references.ts'
import { defineEndpoint } from '../endpoint.ts'
import { scrollAnswer } from '../query/parse-query.ts'
import { type QueryRequest, queryRequest, readTexts } from '../query/request.ts'
import { searchUsers } from './search-users.ts'

/** As users.get_all, with the company as an object; on request only who is at work in some projects. */
export const usersGetAllEx = defineEndpoint('users.get_all_ex', {
  since: '2.1',
  request: queryRequest,
  async handle(call, request) {
    const { query, users } = await searchUsers(call, request, await activeUsers(call, request))
    return { users: await expandReferences(call, 'user', users, query.selection), ...scrollAnswer(query, users.length) }
  },
})

/** With `active_in_projects`: who made something in these or below them; when it is empty, in any or in none. */
async function activeUsers({ services, identity }: Call, request: QueryRequest): Promise<Condition | null> {
  const projects = readTexts(request, 'active_in_projects')
  if (projects === undefined) return null
  const { company } = identity
  const wanted = projects.length === 0 ? null : await services.projects.withDescendants(company, projects)
  return { kind: 'any_of', field: ['id'], values: await services.users.listActiveUsers(company, wanted) }
}
