import { taskStatuses } from '@inferq/contracts'
import type { Project, ProjectTaskCount } from '@inferq/domain'
import type { Call } from '../call.ts'
import { compareText } from '../document/compare-text.ts'
import type { WireDocument } from '../document/fields.ts'
import { timeOf } from '../document/fields.ts'
import type { StatsRequest } from './stats-request.ts'

/** Figures of the tasks in each project, and of what is below it, with the names of that. */
export async function projectStats(
  call: Call,
  projects: readonly Project[],
  { state, withChildren, hiddenToo, where }: StatsRequest,
): Promise<WireDocument[]> {
  const { services, identity } = call
  const below = withChildren ? await projectsBelow(call, projects, hiddenToo) : []
  const ids = [...new Set([...projects, ...below].map(({ id }) => id))]
  const counts = await services.projects.countTasks(identity.company, ids, where)
  const asked = counts.filter(({ archived }) => archived === (state === 'archived'))
  return projects.map((project) => {
    const children = below.filter(
      ({ company, name }) => company === project.company && name.startsWith(`${project.name}/`),
    )
    const members = new Set([project, ...children].map(({ id }) => id))
    return {
      stats: { [state]: summary(asked.filter((count) => members.has(count.project))) },
      sub_projects: children.map(({ id, name }) => ({ id, name })),
    }
  })
}

async function projectsBelow({ services, identity }: Call, projects: readonly Project[], hiddenToo: boolean) {
  const { company } = identity
  const ids = await services.projects.withDescendants(
    company,
    projects.map(({ id }) => id),
  )
  const found = await services.projects.findProjects(company, ids)
  return found
    .filter(({ systemTags }) => hiddenToo || !systemTags.includes('hidden'))
    .toSorted((one, other) => compareText(one.name, other.name))
}

function summary(counts: readonly ProjectTaskCount[]): WireDocument {
  const sum = (of: (count: ProjectTaskCount) => number) => counts.reduce((total, count) => total + of(count), 0)
  const starts = counts.flatMap(({ lastStartedAt }) => lastStartedAt ?? [])
  const last = starts.length > 0 ? new Date(Math.max(...starts.map((start) => start.getTime()))) : null
  return {
    total_tasks: sum(({ count }) => count),
    total_runtime: Math.round(sum(({ runSeconds }) => runSeconds)),
    completed_tasks_24h: sum(({ completedLastDay }) => completedLastDay),
    last_task_run: timeOf(last) ?? null,
    status_count: Object.fromEntries(
      taskStatuses.map((status) => [status, sum((count) => (count.status === status ? count.count : 0))]),
    ),
  }
}
