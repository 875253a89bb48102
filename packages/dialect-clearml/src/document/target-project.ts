import { type Project, projectPath } from '@inferq/domain'
import type { Call } from '../call.ts'
import { ApiError } from '../errors/api-error.ts'

/** The project that tasks are to go to. Throws 400/401 for an unknown one, 403/21 for a public one. */
export async function findTargetProject({ services, identity }: Call, id: string): Promise<Project> {
  const [project] = await services.projects.findProjects(identity.company, [id])
  if (!project) throw new ApiError('invalidProjectId', '', { id })
  return requireWritable(project)
}

/** The project of that path, made now where there was none. Throws 400/407 for an empty path. */
export async function ensureTargetProject({ services, identity }: Call, path: string): Promise<Project> {
  const name = projectPath(path).join('/')
  if (name === '') throw new ApiError('invalidProjectName', 'expected a path that is not empty', { name: path })
  return requireWritable(await services.projects.ensureProject(identity, name))
}

function requireWritable(project: Project): Project {
  if (project.company === '') throw new ApiError('noWritePermission', 'the project is public', { id: project.id })
  return project
}
