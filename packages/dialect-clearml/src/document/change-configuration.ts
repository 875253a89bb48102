import type { Call } from '../call.ts'
import { changeOwnTask } from './change-own-task.ts'
import { configurationOf } from './parts/configuration.ts'
import { requireOpenParameters } from './require-status.ts'
import type { Configuration } from './schemas.ts'
import { writeConfiguration } from './write-configuration.ts'

/** Changes the configuration of a draft, with force also of a task in progress; the input of a job is part of it. */
export async function changeConfiguration(
  call: Call,
  id: string,
  force: boolean,
  change: (present: Configuration) => Configuration,
): Promise<void> {
  await changeOwnTask(call, id, (task, inputs) => {
    requireOpenParameters(task, force)
    const whole = change(configurationOf(task, inputs.textOf(task)))
    return { set: writeConfiguration(task, task.job, whole, inputs) }
  })
}
