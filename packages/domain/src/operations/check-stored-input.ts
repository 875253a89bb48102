import { DomainError } from '../errors.ts'
import { newTaskId } from '../new-task-id.ts'
import type { Ports } from '../ports.ts'
import type { Task } from '../task.ts'
import { checkSubmission } from './check-submission.ts'
import { keepInput } from './keep-file.ts'

/**
 * Holds the input that a task has been given, by whatever edits, against its job's schema, and answers it as the job
 * will get it. Throws JOB_UNKNOWN, INPUT_INVALID, MODEL_UNKNOWN.
 */
export async function checkStoredInput(
  ports: Pick<Ports, 'files' | 'knownModels'>,
  task: Task & { job: string },
): Promise<Pick<Task, 'input' | 'inputKey'>> {
  const stored = task.inputKey === null ? task.input : await ports.files.getText(task.inputKey)
  const { input } = await checkSubmission(ports, task, parse(stored))
  const text = JSON.stringify(input)
  return text === stored
    ? { input: task.input, inputKey: task.inputKey }
    : keepInput(ports, `${task.id}-${newTaskId()}`, text)
}

function parse(text: string | null): unknown {
  if (text === null) throw refused('is missing')
  try {
    return JSON.parse(text)
  } catch {
    throw refused('is not JSON')
  }
}

const refused = (problem: string) =>
  new DomainError('INPUT_INVALID', `the task's input ${problem}`, { issues: [{ field: 'input', problem }] })
