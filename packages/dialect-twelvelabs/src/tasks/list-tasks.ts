import type { Task } from '@inferq/domain'
import type { Call } from '../call.ts'
import { usualListMs } from '../limits.ts'
import { mediaJobs } from '../request/media-job.ts'
import { pageInfo, sliceOf } from '../request/page.ts'
import { parse } from '../request/parse.ts'
import { waitedForTag } from '../task-tags.ts'
import { ListQuery } from './list-query.ts'
import { inputOf, kindOf } from './media-task.ts'
import { listedMetadata } from './metadata.ts'
import { readFacts } from './result-text.ts'
import { fieldsOf } from './retrieve-task.ts'
import { statusesShownAs } from './wire-status.ts'

/** A page of tasks, the newest first, without their vectors. */
export async function listTasks(call: Call, query: unknown) {
  const asked = parse(ListQuery, query)
  const { tasks, total } = await findPage(call, asked)
  return {
    data: await Promise.all(tasks.map((task) => listedTask(call, task))),
    page_info: pageInfo(asked, total),
  }
}

async function findPage(
  { services, caller }: Call,
  { started_at, ended_at, status, ...page }: ListQuery,
): Promise<{ tasks: readonly Task[]; total: number }> {
  const now = Date.now()
  const from = started_at?.getTime() ?? now - usualListMs
  const createdAfter = new Date(Math.max(from, now - services.settings.retentionMs))
  if (ended_at && ended_at <= createdAfter) return { tasks: [], total: 0 }
  return services.tasks.pageTasks(caller.company, {
    jobs: Object.values(mediaJobs),
    withoutTag: waitedForTag,
    ...(status ? { statuses: statusesShownAs(status) } : {}),
    createdAfter,
    ...(ended_at ? { createdBefore: ended_at } : {}),
    ...sliceOf(page),
  })
}

async function listedTask({ services }: Call, task: Task) {
  const [input, fields, kind] = [await inputOf(services, task), fieldsOf(task), kindOf(task)]
  const facts = fields.status === 'ready' ? await readFacts(services, task) : null
  return {
    ...fields,
    model_name: input?.model ?? services.mediaModels[0],
    ...(input ? { [`${kind}_embedding`]: { metadata: listedMetadata(kind, input, facts?.duration_sec) } } : {}),
  }
}
