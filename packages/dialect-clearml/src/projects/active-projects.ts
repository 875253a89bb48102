import { type Condition, projectPath } from '@inferq/domain'
import type { Call } from '../call.ts'
import { type QueryRequest, readTexts } from '../query/request.ts'

/** With `active_users`: the projects that have tasks of these users, and those above them. Null: all projects. */
export async function activeProjects({ services, identity }: Call, request: QueryRequest): Promise<Condition | null> {
  const users = readTexts(request, 'active_users') ?? []
  if (users.length === 0) return null
  const { projects } = services
  const ids = await projects.listProjectsOfTasks(identity.company, { kind: 'any_of', field: ['user'], values: users })
  const found = await projects.findProjects(identity.company, ids)
  const paths = new Set(found.flatMap(({ name }) => pathsTo(name)))
  return { kind: 'any_of', field: ['name'], values: [...paths] }
}

/** `a/b/c` is `a`, `a/b` and `a/b/c`. */
function pathsTo(name: string): string[] {
  const parts = projectPath(name)
  return parts.map((_, place) => parts.slice(0, place + 1).join('/'))
}
