import type { FieldPath } from '@inferq/domain'
import { type RawBuilder, sql } from 'kysely'
import { lastChangeField, lastUpdateField, notedWithChange } from './fields/change-fields.ts'
import { absentField, type Field } from './fields/field.ts'
import { idField } from './fields/id-field.ts'
import { taskNameField, taskUserField } from './fields/job-fields.ts'
import { jsonField, naturalKeys } from './fields/json-field.ts'
import { listField } from './fields/list-field.ts'
import { modelItemsField } from './fields/model-items-field.ts'
import { parameterField } from './fields/parameter-field.ts'
import { numberField, timeField } from './fields/plain-fields.ts'
import { taskQueueField } from './fields/queue-field.ts'
import { textField } from './fields/text-field.ts'
import type { KnownJobs } from './known-jobs.ts'
import { taskScore, taskText } from './task-text.ts'
import type { TextCondition } from './text-query.ts'
import type { Language } from './where.ts'

const column = (name: string): RawBuilder<unknown> => sql.ref(`tasks.${name}`)

/** By the names of ClearML's task document. What is in none of these is a document of the row, or nothing. */
const columns: Readonly<Record<string, Field>> = {
  id: { ...idField(column('id')), alwaysSet: true },
  company: textField(column('company')),
  type: textField(column('type')),
  status: textField(column('status')),
  status_reason: textField(column('status_reason')),
  status_message: textField(column('status_message')),
  status_changed: notedWithChange(column('status_changed_at')),
  comment: textField(column('comment')),
  created: { ...timeField(column('created_at')), alwaysSet: true },
  started: timeField(column('started_at')),
  completed: notedWithChange(column('completed_at')),
  published: notedWithChange(column('published_at')),
  active_duration: numberField(column('active_seconds')),
  parent: textField(column('parent')),
  project: idField(column('project')),
  tags: listField(column('tags')),
  system_tags: listField(column('system_tags')),
  last_worker: textField(column('worker')),
  last_worker_report: timeField(column('worker_reported_at')),
  last_change: lastChangeField,
  last_changed_by: textField(sql`coalesce(tasks.changed_by, tasks.user_id)`),
  last_iteration: { ...numberField(column('last_iteration')), alwaysSet: true },
  report: absentField,
  report_assets: absentField,
  metric_stats: absentField,
}

const documents = ['output', 'execution', 'container', 'models', 'script', 'configuration', 'runtime', 'hyperparams']

/** What a row with a job says of it, as the document of its task. */
const scriptOfJob: Readonly<Record<string, RawBuilder<unknown>>> = {
  repository: sql`(case when tasks.job is null then tasks.script ->> 'repository' else 'inferq' end)`,
  entry_point: sql`(case when tasks.job is null then tasks.script ->> 'entry_point' else tasks.job end)`,
}

export function taskLanguage(companies: readonly string[], jobs: KnownJobs, asked: TextCondition | null): Language {
  const fieldOf = (path: FieldPath): Field | null => {
    const [name = '', ...inside] = path
    if (inside.length === 0) {
      if (name === 'name') return taskNameField(jobs)
      if (name === 'user') return taskUserField(jobs)
      if (name === 'last_update') return lastUpdateField(companies)
    }
    if (Object.hasOwn(columns, name) || ['name', 'user', 'last_update'].includes(name)) {
      return inside.length === 0 ? (columns[name] as Field) : absentField
    }
    if (name === 'last_metrics') return counted(column('last_metrics'), inside)
    return documents.includes(name) ? documentField(companies, name, inside) : null
  }
  return { fieldOf, text: (condition) => taskText(condition, jobs), score: () => asked && taskScore(asked, jobs) }
}

function documentField(companies: readonly string[], name: string, inside: FieldPath): Field {
  const [first = '', second = '', third, ...deeper] = inside
  if (name === 'execution' && first === 'queue') return taskQueueField
  if (name === 'execution' && first === 'parameters' && second !== '') return parameterField(companies, 'Args', second)
  if (name === 'script' && inside.length === 1 && scriptOfJob[first]) return textField(scriptOfJob[first])
  if (name === 'models' && (first === 'input' || first === 'output') && (second === 'model' || second === 'name')) {
    return modelItemsField(first, second)
  }
  if (name === 'hyperparams') {
    const isValue = second !== '' && (third ?? 'value') === 'value' && deeper.length === 0
    return isValue ? parameterField(companies, first, second) : counted(column('hyperparams'), inside)
  }
  if (name === 'configuration' && inside.length === 1) return jsonField(column('configuration'), [first, 'value'])
  return jsonField(column(name), inside)
}

const counted = (document: RawBuilder<unknown>, inside: FieldPath): Field => ({
  ...jsonField(document, inside),
  keys: naturalKeys(sql`(${document} #>> ${[...inside]}::text[])`),
})
