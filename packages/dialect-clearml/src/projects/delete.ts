import type { ProjectStore } from '@inferq/domain'
import type { Call } from '../call.ts'
import { defineEndpoint } from '../endpoint.ts'
import { ApiError } from '../errors/api-error.ts'
import { flag, object, text } from '../transport/fields.ts'
import { deleteContents } from './delete-contents.ts'
import { findOwnProject, unknownProject } from './find-project.ts'

/**
 * Deletes a project and all below it. With tasks or models in them that are not archived, only by force; they stay, in
 * no project, unless `delete_contents` is asked for.
 */
export const projectsDelete = defineEndpoint('projects.delete', {
  since: '2.1',
  request: object({
    project: text,
    force: flag,
    delete_contents: flag,
    // Files are for whoever can reach them: `urls` says where they lie.
    delete_external_artifacts: flag,
  }),
  async handle(call, { project: id, force, delete_contents }) {
    const { company } = call.identity
    await findOwnProject(call, id)
    if (delete_contents && !force) await refuseIfUsed(call, id)
    const contents = delete_contents ? await deleteContents(call, id) : nothing
    const deleted = await call.services.projects.deleteProject(company, id, { force: force || delete_contents })
    return { ...answerOf(id, deleted), ...contents }
  },
})

const nothing = {
  deleted_tasks: 0,
  deleted_models: 0,
  urls: { model_urls: [], artifact_urls: [], event_urls: [] },
}

function answerOf(id: string, deleted: Awaited<ReturnType<ProjectStore['deleteProject']>>) {
  if (deleted === null) throw unknownProject(id)
  if (deleted.kind === 'in_use') throw inUse(id)
  return { deleted: deleted.projects, disassociated_tasks: deleted.disassociatedTasks }
}

async function refuseIfUsed({ services, identity }: Call, id: string): Promise<void> {
  const { projects } = services
  const ids = await projects.withDescendants(identity.company, [id])
  const counts = await Promise.all([
    projects.countTasks(identity.company, ids, null),
    projects.countModels(identity.company, ids),
  ])
  if (counts.flat().some(({ archived }) => !archived)) throw inUse(id)
}

const inUse = (id: string) => new ApiError('projectHasTasks', 'archive tasks and models first, or use force', { id })
