import { configurationItems } from '../document/parts/configuration.ts'
import { defineEndpoint } from '../endpoint.ts'
import { ids, list, object, optional, text } from '../transport/fields.ts'
import { readConfigurations } from './read-configurations.ts'
import { requireVisibleTasks } from './visible-tasks.ts'

/** The configurations of several tasks, each sorted by name; only those of these names when any are given. */
export const tasksGetConfigurations = defineEndpoint('tasks.get_configurations', {
  since: '2.9',
  request: object({ tasks: ids, names: optional(list(text)) }),
  handle: async (call, { tasks, names = [] }) => {
    const found = await requireVisibleTasks(call, [...new Set(tasks)])
    const read = await readConfigurations(call, found)
    const isAsked = ({ name }: { name: string }) => names.length === 0 || names.includes(name)
    return {
      configurations: read.map(({ task, configuration }) => ({
        task,
        configuration: configurationItems(configuration).filter(isAsked),
      })),
    }
  },
})
