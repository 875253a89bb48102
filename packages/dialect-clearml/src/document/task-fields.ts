import { TaskStatus } from '@inferq/contracts'
import { z } from 'zod'
import { anyObject, list, optional, text } from '../transport/fields.ts'
import { configuration, container, execution, hyperparams, models, output, script, taskType } from './schemas.ts'

/** What tasks.create and tasks.validate take beside name and type, and tasks.edit beside all its own. */
export const taskFields = {
  tags: optional(list(text)),
  system_tags: optional(list(text)),
  comment: optional(text),
  parent: optional(text),
  project: optional(text),
  output_dest: optional(text),
  output: optional(output),
  execution: optional(execution),
  script: optional(script),
  hyperparams: optional(hyperparams),
  configuration: optional(configuration),
  models: optional(models),
  container: optional(container),
  runtime: optional(anyObject),
}

const allFields = z.object({
  ...taskFields,
  name: optional(text),
  type: optional(taskType),
  status: optional(TaskStatus),
})

/** Fields of a task in the words of this language. An absent one is left as it is, or empty on a new task. */
export type TaskFields = Partial<z.output<typeof allFields>> & { created?: Date; status_message?: string }
