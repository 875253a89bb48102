import type { DetailedTask } from '@inferq/domain'
import { ApiError } from '../errors/api-error.ts'
import { inputItem, storeConfiguration } from './parts/configuration.ts'
import type { Configuration } from './schemas.ts'
import type { TaskInputs } from './task-inputs.ts'

type Stored = Pick<DetailedTask, 'configuration' | 'input' | 'inputKey'>

/**
 * What the row keeps of a whole configuration, the input of a job in its own place. Throws 400/12 when that is no JSON.
 */
export function writeConfiguration(
  present: DetailedTask | null,
  job: string | null,
  whole: Configuration,
  inputs: TaskInputs,
): Stored {
  const { configuration, input } = storeConfiguration(job, whole)
  if (present && job !== null && present.job !== null && inputs.textOf(present) === input) {
    return { configuration, input: present.input, inputKey: present.inputKey }
  }
  if (input !== null) requireJson(input)
  return { configuration, ...inputs.place(input) }
}

function requireJson(text: string): void {
  try {
    JSON.parse(text)
  } catch {
    throw new ApiError(
      'validation',
      `error for field 'configuration.${inputItem}'. the input of a job must be JSON text`,
    )
  }
}
