import { defineEndpoint } from '../endpoint.ts'
import { scrollAnswer } from '../query/parse-query.ts'
import { queryRequest } from '../query/request.ts'
import { searchUsers } from './search-users.ts'

/** The users of the caller's company in the query language. */
export const usersGetAll = defineEndpoint('users.get_all', {
  since: '2.1',
  request: queryRequest,
  async handle(call, request) {
    const { query, users } = await searchUsers(call, request)
    return { users, ...scrollAnswer(query, users.length) }
  },
})
