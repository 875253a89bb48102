import type { DetailedChanges, DetailedTask } from '@inferq/domain'
import type { ApiVersion } from '../call.ts'
import { refuseReservedTags } from './check-fields.ts'
import { compareText } from './compare-text.ts'
import { isoDate } from './iso-date.ts'
import { withoutLegacy } from './legacy-fields.ts'
import { onlyGiven } from './only-given.ts'
import { configurationOf } from './parts/configuration.ts'
import { executionOf, mergeExecution } from './parts/execution.ts'
import { withLowerCaseProperties } from './parts/hyperparams.ts'
import { type ModelsPart, modelsOf } from './parts/models.ts'
import { outputOf } from './parts/output.ts'
import { scriptOf } from './parts/script.ts'
import type { Models, TaskModelItem } from './schemas.ts'
import type { TaskFields } from './task-fields.ts'
import type { TaskInputs } from './task-inputs.ts'
import { writeConfiguration } from './write-configuration.ts'
import { changesWorkers, writeScript } from './write-script.ts'

/** The columns that these fields are written to. */
export type TaskColumns = Omit<DetailedChanges, 'leaseUntil' | 'worker' | 'workerReportedAt'>

export interface Written {
  set: TaskColumns
  /** The same in the words of this language, merged with what was there. */
  fields: Record<string, unknown>
}

/**
 * What becomes of a task, or of a new one, by these fields. Script, execution, output and models are merged one level
 * deep, everything else replaces what was there. Throws where the fields contradict themselves or the task.
 */
export function writeTask(
  present: DetailedTask | null,
  given: TaskFields,
  inputs: TaskInputs,
  { version, now = new Date() }: { version: ApiVersion; now?: Date },
): Written {
  const fields = withoutLegacy(given, present, inputs, version)
  refuseReservedTags(fields.tags)
  refuseReservedTags(fields.system_tags)
  const { set, said } = writePlain(fields)
  if (fields.script) {
    const script = writeScript(present, fields.script)
    Object.assign(set, script)
    said.script = scriptOf(script)
  }
  const job = set.job === undefined ? (present?.job ?? null) : set.job
  if (fields.configuration || (present && changesWorkers(present, job))) {
    const whole =
      fields.configuration ?? configurationOf(present as DetailedTask, inputs.textOf(present as DetailedTask))
    Object.assign(set, writeConfiguration(present, job, whole, inputs))
    if (fields.configuration) said.configuration = whole
  }
  if (fields.hyperparams) set.hyperparams = said.hyperparams = withLowerCaseProperties(fields.hyperparams)
  if (fields.execution) {
    set.execution = mergeExecution(present, fields.execution)
    said.execution = executionOf({ execution: set.execution, queueId: present?.queueId ?? null })
  }
  if (fields.output || fields.output_dest !== undefined) {
    const destination = onlyGiven({ destination: fields.output_dest })
    set.output = said.output = { ...(present && outputOf(present)), ...fields.output, ...destination }
  }
  if (fields.models) {
    set.models = said.models = { ...(present && modelsOf(present)), ...stamped(fields.models, now) }
  }
  if (fields.container) set.container = said.container = fields.container
  if (fields.runtime) set.runtime = said.runtime = fields.runtime
  return { set: set, fields: said }
}

/** Fields of one value. An empty project or parent is none. */
function writePlain(fields: TaskFields): { set: TaskColumns; said: Record<string, unknown> } {
  const { name, type, status, comment, parent, project, created, status_message } = fields
  const tags = fields.tags && sorted(fields.tags)
  const system_tags = fields.system_tags && sorted(fields.system_tags)
  return {
    set: onlyGiven({
      name,
      type,
      status,
      statusMessage: status_message,
      comment,
      parent: parent === '' ? null : parent,
      project: project === '' ? null : project,
      tags,
      systemTags: system_tags,
      createdAt: created,
    }),
    said: onlyGiven({
      ...{ name, type, status, status_message, comment, parent, project, tags, system_tags },
      created: created && isoDate(created),
    }),
  }
}

const sorted = (tags: readonly string[]): string[] => [...tags].sort(compareText)

const stamped = (models: Models, now: Date): Partial<ModelsPart> => {
  const stamp = (items: readonly TaskModelItem[]) => items.map((item) => ({ ...item, updated: isoDate(now) }))
  return onlyGiven({ input: models.input && stamp(models.input), output: models.output && stamp(models.output) })
}
