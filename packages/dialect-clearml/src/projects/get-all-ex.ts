import type { Project } from '@inferq/domain'
import type { Call } from '../call.ts'
import type { WireDocument } from '../document/fields.ts'
import { projectFields } from '../document/referenced-fields.ts'
import { expandReferences } from '../document/references.ts'
import { writeFields } from '../document/select.ts'
import { defineEndpoint } from '../endpoint.ts'
import { scrollAnswer } from '../query/parse-query.ts'
import { type QueryRequest, queryRequest, readFlag } from '../query/request.ts'
import { activeProjects } from './active-projects.ts'
import { ownContents } from './own-contents.ts'
import { projectStats } from './project-stats.ts'
import { searchProjects } from './search-projects.ts'
import { readStatsRequest } from './stats-request.ts'

/** As projects.get_all, with objects in place of the ids of other things, and on request with figures of their tasks. */
export const projectsGetAllEx = defineEndpoint('projects.get_all_ex', {
  since: '2.1',
  request: queryRequest,
  async handle(call, request) {
    const asked = { ...request, allow_public: request.allow_public ?? !readFlag(request, 'non_public') }
    const { query, projects } = await searchProjects(call, asked, await activeProjects(call, request))
    const documents = projects.map((project) => writeFields(projectFields, query.selection, project))
    const expanded = await expandReferences(call, 'project', documents, query.selection)
    const extras = await extrasOf(call, request, projects)
    return {
      projects: expanded.map((document, place) => ({ ...document, ...extras[place] })),
      ...scrollAnswer(query, projects.length),
    }
  },
})

/** What the request asks for beside the document of each project. */
async function extrasOf(call: Call, request: QueryRequest, projects: readonly Project[]): Promise<WireDocument[]> {
  const stats = readStatsRequest(request)
  const extras = projects.map(
    ({ systemTags }): WireDocument =>
      readFlag(request, 'search_hidden') && systemTags.includes('hidden') ? { hidden: true } : {},
  )
  const parts = await Promise.all([
    readFlag(request, 'include_stats') ? projectStats(call, projects, stats) : [],
    readFlag(request, 'check_own_contents') ? ownContents(call, projects, stats) : [],
  ])
  return extras.map((extra, place) => Object.assign(extra, ...parts.map((part) => part[place])))
}
