import type { Project } from '@inferq/domain'
import type { Call } from '../call.ts'
import { ApiError } from '../errors/api-error.ts'

/** A project that the caller can see. Throws 400/401. */
export async function findProject({ services, identity }: Call, id: string): Promise<Project> {
  const [project] = await services.projects.findProjects(identity.company, [id])
  if (!project) throw unknownProject(id)
  return project
}

/** A project that the caller may change. Throws 400/401, and 403/21 for a public one. */
export async function findOwnProject(call: Call, id: string): Promise<Project> {
  const project = await findProject(call, id)
  if (project.company === '') throw new ApiError('noWritePermission', 'the project is public', { id })
  return project
}

export const unknownProject = (id: string) => new ApiError('invalidProjectId', '', { id })
