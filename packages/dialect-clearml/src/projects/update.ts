import { refuseReservedTags } from '../document/check-fields.ts'
import { onlyGiven } from '../document/only-given.ts'
import { defineEndpoint } from '../endpoint.ts'
import { ApiError } from '../errors/api-error.ts'
import { list, object, optional, text } from '../transport/fields.ts'
import { findOwnProject, unknownProject } from './find-project.ts'
import { locationOf, projectName } from './project-name.ts'

/** Changes what is given. Another name carries everything below along, but a project stays where it is. */
export const projectsUpdate = defineEndpoint('projects.update', {
  since: '2.1',
  request: object({
    project: text,
    name: optional(text),
    description: optional(text),
    tags: optional(list(text)),
    system_tags: optional(list(text)),
    default_output_destination: optional(text),
  }),
  async handle(call, { project: id, ...request }) {
    const { description, tags, system_tags, default_output_destination } = request
    refuseReservedTags(tags)
    refuseReservedTags(system_tags)
    const present = await findOwnProject(call, id)
    const name = request.name === undefined ? undefined : projectName(request.name)
    if (name !== undefined && locationOf(name) !== locationOf(present.name)) {
      throw new ApiError('cannotUpdateProjectLocation', '', { name })
    }
    const changed = await call.services.projects.changeProject(
      call.identity.company,
      id,
      onlyGiven({
        ...{ name, description, tags },
        ...{ systemTags: system_tags, defaultOutputDestination: default_output_destination },
      }),
    )
    if (!changed) throw unknownProject(id)
    return { updated: 1, fields: onlyGiven({ name, description, tags, system_tags, default_output_destination }) }
  },
})
