import { projectFields } from '../document/referenced-fields.ts'
import { writeFields } from '../document/select.ts'
import { defineEndpoint } from '../endpoint.ts'
import { everything } from '../query/selection.ts'
import { object, text } from '../transport/fields.ts'
import { findProject } from './find-project.ts'

export const projectsGetById = defineEndpoint('projects.get_by_id', {
  since: '2.1',
  request: object({ project: text }),
  handle: async (call, request) => ({
    project: writeFields(projectFields, everything, await findProject(call, request.project)),
  }),
})
