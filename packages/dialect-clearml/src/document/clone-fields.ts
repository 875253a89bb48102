import type { DetailedTask } from '@inferq/domain'
import type { z } from 'zod'
import { apiVersion } from '../call.ts'
import { flag, list, object, optional, text } from '../transport/fields.ts'
import { checkedName } from './check-fields.ts'
import { isDeletedParent } from './deleted-parent.ts'
import { containerOfCommand, legacyModelName, withoutLegacy } from './legacy-fields.ts'
import type { NewTaskFields } from './new-task.ts'
import { onlyGiven } from './only-given.ts'
import { configurationOf } from './parts/configuration.ts'
import { containerOf } from './parts/container.ts'
import { executionOf } from './parts/execution.ts'
import { hyperparamsOf } from './parts/hyperparams.ts'
import { modelsOf } from './parts/models.ts'
import { outputOf } from './parts/output.ts'
import { scriptOf } from './parts/script.ts'
import { configuration, container, execution, hyperparams, taskModelItem } from './schemas.ts'
import type { TaskInputs } from './task-inputs.ts'

export const cloneRequest = object({
  task: text,
  new_task_name: optional(text),
  new_task_comment: optional(text),
  new_task_tags: optional(list(text)),
  new_task_system_tags: optional(list(text)),
  new_task_parent: optional(text),
  new_task_project: optional(text),
  new_project_name: optional(text),
  new_task_hyperparams: optional(hyperparams),
  new_task_configuration: optional(configuration),
  new_task_container: optional(container),
  new_task_input_models: optional(list(taskModelItem)),
  execution_overrides: optional(execution),
  validate_references: flag,
})
export type CloneRequest = z.output<typeof cloneRequest>

/** System tags that are about the one task and not about its kind. */
const ownSystemTags = ['development', 'archived']

/** A draft that does the same as the source, but for what the request says. An empty name, comment or tags says nothing. */
export function cloneFields(
  source: DetailedTask,
  request: CloneRequest,
  project: string | null,
  inputs: TaskInputs,
): NewTaskFields {
  const { model: _, docker_cmd, ...overrides } = request.execution_overrides ?? {}
  const given = withoutLegacy(
    { execution: overrides, hyperparams: request.new_task_hyperparams, configuration: request.new_task_configuration },
    source,
    inputs,
    apiVersion,
  )
  const { framework, model_labels, artifacts } = executionOf(source)
  const inputsOnly = artifacts.filter(({ mode }) => mode === 'input')
  const { destination } = outputOf(source)
  return {
    name: request.new_task_name ? checkedName(request.new_task_name) : source.name,
    type: source.type as NewTaskFields['type'],
    comment: request.new_task_comment || (source.comment ?? undefined),
    tags: request.new_task_tags?.length ? request.new_task_tags : [...source.tags],
    system_tags: request.new_task_system_tags ?? source.systemTags.filter((tag) => !ownSystemTags.includes(tag)),
    parent: parentOf(source, request),
    project: project ?? undefined,
    script: scriptOf(source),
    execution: { ...onlyGiven({ framework }), model_labels, artifacts: inputsOnly, ...given.execution },
    hyperparams: given.hyperparams ?? hyperparamsOf(source),
    configuration: given.configuration ?? configurationOf(source, inputs.textOf(source)),
    models: { input: inputModelsOf(request) ?? [...modelsOf(source).input], output: [] },
    container: request.new_task_container ?? (docker_cmd ? containerOfCommand(docker_cmd) : containerOf(source)),
    output: destination === undefined ? undefined : { destination },
  }
}

export function inputModelsOf({ new_task_input_models, execution_overrides }: CloneRequest) {
  if (new_task_input_models) return new_task_input_models
  const model = execution_overrides?.model
  return model ? [{ name: legacyModelName, model }] : undefined
}

/** The task that a clone has as its parent: at the least the one that it was made of. */
export function parentOf({ id, parent }: DetailedTask, { new_task_parent }: CloneRequest): string {
  if (new_task_parent) return new_task_parent
  return parent && !isDeletedParent(parent) ? parent : id
}
