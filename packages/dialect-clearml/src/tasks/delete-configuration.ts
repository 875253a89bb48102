import { changeConfiguration } from '../document/change-configuration.ts'
import { nameKey } from '../document/schemas.ts'
import { defineEndpoint } from '../endpoint.ts'
import { flag, list, object, text } from '../transport/fields.ts'

/** Deletes configurations by name. What is not there needs no deleting. */
export const tasksDeleteConfiguration = defineEndpoint('tasks.delete_configuration', {
  since: '2.9',
  request: object({ task: text, configuration: list(nameKey).min(1), force: flag }),
  async handle(call, { task, configuration, force }) {
    const names = new Set(configuration)
    await changeConfiguration(call, task, force, (present) =>
      Object.fromEntries(Object.entries(present).filter(([name]) => !names.has(name))),
    )
    return { deleted: 1 }
  },
})
