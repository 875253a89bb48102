import { refuseReservedTags } from '../document/check-fields.ts'
import { onlyGiven } from '../document/only-given.ts'
import { defineEndpoint } from '../endpoint.ts'
import { ApiError } from '../errors/api-error.ts'
import { list, object, optional, text } from '../transport/fields.ts'
import { projectName } from './project-name.ts'

/** Makes a project, and every parent that its path names and nobody made. */
export const projectsCreate = defineEndpoint('projects.create', {
  since: '2.1',
  request: object({
    name: optional(text),
    description: optional(text),
    tags: optional(list(text)),
    system_tags: optional(list(text)),
    default_output_destination: optional(text),
  }),
  async handle({ services, identity }, { name, description, tags, system_tags, default_output_destination }) {
    if (name === undefined) throw new ApiError('missingRequiredFields', 'name')
    refuseReservedTags(tags)
    refuseReservedTags(system_tags)
    const project = await services.projects.createProject(identity, {
      name: projectName(name),
      ...onlyGiven({
        description,
        tags,
        systemTags: system_tags,
        defaultOutputDestination: default_output_destination,
      }),
    })
    return { id: project.id }
  },
})
