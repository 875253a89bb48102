import { defineEndpoint } from '../endpoint.ts'
import { list, object, optional, text } from '../transport/fields.ts'

/** The types that tasks really have, of these projects only when any are named. */
export const tasksGetTypes = defineEndpoint('tasks.get_types', {
  since: '2.8',
  request: object({ projects: optional(list(text)) }),
  handle: async ({ services, identity }, { projects = [] }) => ({
    types: await services.tasks.listTaskTypes(identity.company, projects.length > 0 ? projects : null),
  }),
})
