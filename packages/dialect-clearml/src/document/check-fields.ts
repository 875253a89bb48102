import { type Call, isBefore } from '../call.ts'
import { ApiError } from '../errors/api-error.ts'
import { modelsSince } from './legacy-fields.ts'
import type { TaskFields } from './task-fields.ts'

const shortestName = 3

/** A name without the blanks around it. Throws 400/800 when less than 3 characters are left. */
export function checkedName(name: string, what: 'task' | 'project' | 'model' | 'queue' = 'task'): string {
  const trimmed = name.trim()
  if (trimmed.length >= shortestName) return trimmed
  throw new ApiError('dataValidation', `a ${what}'s name has at least ${shortestName} characters`, { name: trimmed })
}

/** What begins so means something to the query language. */
const reservedPrefix = '__$'

export function refuseReservedTags(tags: readonly string[] = []): void {
  const reserved = tags.find((tag) => tag.startsWith(reservedPrefix))
  if (reserved !== undefined) {
    throw new ApiError('fieldsValue', `a tag must not begin with ${reservedPrefix}`, { tag: reserved })
  }
}

/**
 * That what these fields name is there: parent and project (400/16), input models (400/201). A project that is public
 * takes nobody's tasks (403/21).
 */
export async function checkReferences(call: Call, { parent, project, models, execution }: TaskFields): Promise<void> {
  const { company } = call.identity
  if (parent) {
    const [found] = await call.services.tasks.findDetailed(company, [parent], 'visible')
    if (!found) throw new ApiError('fieldsValue', 'there is no such task', { parent })
  }
  if (project) await requireProject(call, project, { writable: true })
  const legacyModel = isBefore(call.version, modelsSince) ? execution?.model : undefined
  await requireModels(call, models?.input?.map(({ model }) => model) ?? (legacyModel ? [legacyModel] : []))
}

export async function requireProject(call: Call, project: string, { writable }: { writable: boolean }): Promise<void> {
  const [found] = await call.services.projects.findProjects(call.identity.company, [project])
  if (!found) throw new ApiError('fieldsValue', 'there is no such project', { project })
  if (writable && found.company === '') throw new ApiError('noWritePermission', 'the project is public', { project })
}

export async function requireModels(call: Call, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const found = new Set((await call.services.models.findModels(call.identity.company, ids)).map(({ id }) => id))
  const unknown = ids.filter((id) => !found.has(id))
  if (unknown.length > 0) throw new ApiError('invalidModelId', '', { models: unknown.join(' ') })
}
