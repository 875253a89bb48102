import { type DetailedTask, newTaskId } from '@inferq/domain'
import type { Call } from '../call.ts'
import { touchProjects } from './change-own-task.ts'
import { type NewTaskFields, newTask } from './new-task.ts'
import { type TaskInputs, withInputs } from './task-inputs.ts'

/** Stores a task with the fields that `fieldsOf` gives, its input in a file of its own where that is large. */
export async function storeNewTask(call: Call, fieldsOf: (inputs: TaskInputs) => NewTaskFields): Promise<DetailedTask> {
  const { services } = call
  const id = newTaskId()
  const created = await withInputs(
    services.files,
    id,
    async (inputs) => services.tasks.createTask(newTask(call, id, fieldsOf(inputs), inputs)),
    ({ inputKey }) => inputKey,
  )
  await touchProjects(call, [created.project])
  return created
}
