import type { Project } from '@inferq/domain'
import type { Call } from '../call.ts'
import type { WireDocument } from '../document/fields.ts'
import type { StatsRequest } from './stats-request.ts'

/** How many tasks and models are in each project itself. */
export async function ownContents(
  { services, identity }: Call,
  projects: readonly Project[],
  { state, where }: StatsRequest,
): Promise<WireDocument[]> {
  const ids = projects.map(({ id }) => id)
  const [tasks, models] = await Promise.all([
    services.projects.countTasks(identity.company, ids, where),
    services.projects.countModels(identity.company, ids),
  ])
  const countOf = (counts: readonly { project: string; archived: boolean; count: number }[], id: string) =>
    counts
      .filter(({ project, archived }) => project === id && archived === (state === 'archived'))
      .reduce((sum, { count }) => sum + count, 0)
  return ids.map((id) => ({ own_tasks: countOf(tasks, id), own_models: countOf(models, id) }))
}
