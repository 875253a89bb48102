import type { CreatedTask } from '@inferq/domain'
import type { Call } from '../call.ts'
import { onlyGiven } from './only-given.ts'
import type { TaskFields } from './task-fields.ts'
import type { TaskInputs } from './task-inputs.ts'
import { attemptsOf } from './write-script.ts'
import { writeTask } from './write-task.ts'

export type NewTaskFields = TaskFields & { name: string; type: string }

/** A task with these fields, as it is to be stored. Throws where they contradict themselves. */
export function newTask(
  { identity, version }: Call,
  id: string,
  fields: NewTaskFields,
  inputs: TaskInputs,
): CreatedTask {
  const { set } = writeTask(null, fields, inputs, { version })
  const { comment, project, parent, systemTags, execution, container, models, output } = set
  const { hyperparams, configuration, runtime } = set
  return {
    ...{ id, company: identity.company, user: identity.user, name: fields.name, type: fields.type },
    job: set.job ?? null,
    tags: set.tags ?? [],
    attemptsAllowed: set.attemptsAllowed ?? attemptsOf(null),
    input: set.input ?? null,
    inputKey: set.inputKey ?? null,
    // A task that was made has a script, though an empty one; only a reset that clears all leaves none.
    script: set.script ?? {},
    ...onlyGiven({ comment, project, parent, systemTags, execution, container, models, output }),
    ...onlyGiven({ hyperparams, configuration, runtime }),
  }
}
