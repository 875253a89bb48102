import { configurationItems } from '../document/parts/configuration.ts'
import { defineEndpoint } from '../endpoint.ts'
import { defaulted, flag, ids, object } from '../transport/fields.ts'
import { readConfigurations } from './read-configurations.ts'

/** Which configurations several tasks have. Tasks without any are left out, unknown ones as well. */
export const tasksGetConfigurationNames = defineEndpoint('tasks.get_configuration_names', {
  since: '2.9',
  request: object({ tasks: ids, skip_empty: defaulted(flag, true) }),
  handle: async (call, { tasks, skip_empty: skipEmpty }) => {
    const found = await call.services.tasks.findDetailed(call.identity.company, [...new Set(tasks)], 'visible')
    const read = await readConfigurations(call, found)
    const named = read.map(({ task, configuration }) => ({
      task,
      names: configurationItems(configuration)
        .filter(({ value }) => !skipEmpty || Boolean(value))
        .map(({ name }) => name),
    }))
    return { configurations: named.filter(({ names }) => names.length > 0) }
  },
})
