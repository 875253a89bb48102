import type { DetailedTask } from '@inferq/domain'
import type { Call } from '../call.ts'
import type { Configuration } from '../document/schemas.ts'
import { taskDocuments } from '../document/task-document.ts'
import { everything, type Selection } from '../query/selection.ts'

const configurationOnly: Selection = { rest: false, named: new Map([['configuration', everything]]), deep: false }

/** The whole configuration of each task, a job's input among it. */
export async function readConfigurations(
  call: Call,
  tasks: readonly DetailedTask[],
): Promise<{ task: string; configuration: Configuration }[]> {
  const documents = await taskDocuments(call, tasks, configurationOnly)
  return documents.map(({ id, configuration }) => ({
    task: id as string,
    configuration: configuration as Configuration,
  }))
}
