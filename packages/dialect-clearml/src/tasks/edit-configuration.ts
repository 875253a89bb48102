import { changeConfiguration } from '../document/change-configuration.ts'
import { configurationItem } from '../document/schemas.ts'
import { defineEndpoint } from '../endpoint.ts'
import { flag, list, object, text } from '../transport/fields.ts'

/** Sets configurations one by one; the others stay, unless all are to be replaced. */
export const tasksEditConfiguration = defineEndpoint('tasks.edit_configuration', {
  since: '2.9',
  request: object({
    task: text,
    configuration: list(configurationItem).min(1),
    replace_configuration: flag,
    force: flag,
  }),
  async handle(call, { task, configuration, replace_configuration, force }) {
    const items = Object.fromEntries(configuration.map((item) => [item.name, item]))
    await changeConfiguration(call, task, force, (present) =>
      replace_configuration ? items : { ...present, ...items },
    )
    return { updated: 1 }
  },
})
