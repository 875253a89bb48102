import type { DetailedChanges, DetailedTask } from '@inferq/domain'
import { configurationOf } from './parts/configuration.ts'
import { artifactsOf } from './parts/execution.ts'
import { modelsOf } from './parts/models.ts'
import { outputOf } from './parts/output.ts'
import type { TaskInputs } from './task-inputs.ts'
import { writeConfiguration } from './write-configuration.ts'
import { attemptsOf } from './write-script.ts'

/** What a reset makes of a task's documents; with `clearAll` neither script nor execution are left. */
export function clearedByReset(
  task: DetailedTask,
  { clearAll, inputs }: { clearAll: boolean; inputs: TaskInputs },
): DetailedChanges {
  const { result: _, error: __, ...output } = outputOf(task)
  return {
    output,
    models: { ...modelsOf(task), output: [] },
    runtime: null,
    execution: { ...task.execution, artifacts: artifactsOf(task).filter(({ mode }) => mode === 'input') },
    ...(clearAll ? { execution: null, script: null, ...withoutJob(task, inputs) } : {}),
  }
}

/** The job is the script of such a task; its input then is a configuration as any other. */
function withoutJob(task: DetailedTask, inputs: TaskInputs): DetailedChanges {
  if (task.job === null) return {}
  const whole = configurationOf(task, inputs.textOf(task))
  return { job: null, attemptsAllowed: attemptsOf(null), ...writeConfiguration(task, null, whole, inputs) }
}
