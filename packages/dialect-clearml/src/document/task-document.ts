import type { DetailedTask } from '@inferq/domain'
import type { Call } from '../call.ts'
import { everything, type Selection } from '../query/selection.ts'
import { compareText } from './compare-text.ts'
import { type FieldWriters, timeOf, type WireDocument } from './fields.ts'
import { type JobContent, jobContent } from './job-content.ts'
import { lastChange } from './last-change.ts'
import { withLegacyViews } from './legacy-views.ts'
import { configurationOf } from './parts/configuration.ts'
import { containerOf } from './parts/container.ts'
import { executionOf } from './parts/execution.ts'
import { hyperparamsOf } from './parts/hyperparams.ts'
import { lastMetricsOf } from './parts/last-metrics.ts'
import { modelsOf } from './parts/models.ts'
import { outputOf } from './parts/output.ts'
import { runtimeOf } from './parts/runtime.ts'
import { scriptOf } from './parts/script.ts'
import { withResult } from './result-artifact.ts'
import { writeFields } from './select.ts'

type TaskCall = Pick<Call, 'services' | 'baseUrl' | 'version'>

/** Every field of a task as it goes out, in the order of the contract; references are plain ids. */
const fieldWriters: FieldWriters<[task: DetailedTask, content: JobContent, baseUrl: string]> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  user: ({ user }) => user,
  company: ({ company }) => company,
  type: ({ type }) => type,
  status: ({ status }) => status,
  status_reason: (task) => afterFirstChange(task, task.statusReason),
  status_message: (task) => afterFirstChange(task, task.statusMessage),
  status_changed: ({ statusChangedAt }) => timeOf(statusChangedAt),
  comment: ({ comment }) => comment ?? undefined,
  created: ({ createdAt }) => timeOf(createdAt),
  started: ({ startedAt }) => timeOf(startedAt),
  completed: ({ completedAt }) => timeOf(completedAt),
  published: ({ publishedAt }) => timeOf(publishedAt),
  active_duration: ({ activeSeconds }) => activeSeconds ?? undefined,
  parent: ({ parent }) => parent ?? undefined,
  project: ({ project }) => project ?? undefined,
  output: outputOf,
  execution: (task, { result }, baseUrl) => {
    const execution = executionOf(task)
    return { ...execution, artifacts: withResult(execution.artifacts, task, result, baseUrl) }
  },
  container: containerOf,
  models: modelsOf,
  script: scriptOf,
  tags: ({ tags }) => tags.toSorted(compareText),
  system_tags: ({ systemTags }) => systemTags.toSorted(compareText),
  last_worker: ({ worker }) => worker ?? undefined,
  last_worker_report: ({ workerReportedAt }) => timeOf(workerReportedAt),
  last_update: ({ updatedAt }) => timeOf(updatedAt),
  last_change: (task) => timeOf(lastChange(task)),
  last_changed_by: ({ changedBy, user }) => changedBy ?? user,
  last_iteration: ({ lastIteration }) => lastIteration,
  last_metrics: lastMetricsOf,
  hyperparams: hyperparamsOf,
  configuration: (task, { input }) => configurationOf(task, input),
  runtime: runtimeOf,
}

/** How many tasks have their files read at a time. */
const readAtOnce = 16

/** The tasks as this caller's version of the API sees them, in the same order; always with their ids. */
export async function taskDocuments(
  call: TaskCall,
  tasks: readonly DetailedTask[],
  selection: Selection = everything,
): Promise<WireDocument[]> {
  const documents: WireDocument[] = []
  for (let from = 0; from < tasks.length; from += readAtOnce) {
    const some = tasks.slice(from, from + readAtOnce)
    documents.push(...(await Promise.all(some.map((task) => taskDocument(call, task, selection)))))
  }
  return documents
}

export async function taskDocument(
  call: TaskCall,
  task: DetailedTask,
  selection: Selection = everything,
): Promise<WireDocument> {
  const content = await jobContent(call, task, selection)
  return withLegacyViews(writeFields(fieldWriters, selection, task, content, call.baseUrl), call.version)
}

/** A reason of nothing is said of a task whose status has changed; before that there is none. */
const afterFirstChange = ({ statusChangedAt }: DetailedTask, text: string): string | undefined =>
  text === '' && statusChangedAt === null ? undefined : text
