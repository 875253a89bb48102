import { projectFields } from '../document/referenced-fields.ts'
import { writeFields } from '../document/select.ts'
import { defineEndpoint } from '../endpoint.ts'
import { scrollAnswer } from '../query/parse-query.ts'
import { queryRequest } from '../query/request.ts'
import { searchProjects } from './search-projects.ts'

/** Own and public projects in the query language. */
export const projectsGetAll = defineEndpoint('projects.get_all', {
  since: '2.1',
  request: queryRequest,
  async handle(call, request) {
    const { query, projects } = await searchProjects(call, request)
    return {
      projects: projects.map((project) => writeFields(projectFields, query.selection, project)),
      ...scrollAnswer(query, projects.length),
    }
  },
})
