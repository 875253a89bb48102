import { z } from 'zod'
import { changeParameters } from '../document/change-parameters.ts'
import { sectionOf } from '../document/parts/hyperparams.ts'
import { type Hyperparams, type ParamsItem, paramsItem } from '../document/schemas.ts'
import { defineEndpoint } from '../endpoint.ts'
import { defaulted, flag, list, object, text } from '../transport/fields.ts'

const replacing = z.enum(['none', 'section', 'all'])

/** Sets parameters one by one; what else there is stays, unless its section or all are to be replaced. */
export const tasksEditHyperParams = defineEndpoint('tasks.edit_hyper_params', {
  since: '2.9',
  request: object({
    task: text,
    hyperparams: list(paramsItem).min(1),
    replace_hyperparams: defaulted(replacing, 'none'),
    force: flag,
  }),
  async handle(call, { task, hyperparams, replace_hyperparams, force }) {
    await changeParameters(call, task, force, hyperparams, (present, items) => {
      const kept = { none: present, section: withoutSections(present, items), all: {} }[replace_hyperparams]
      return withItems(kept, items)
    })
    return { updated: 1 }
  },
})

function withItems(present: Hyperparams, items: readonly ParamsItem[]): Hyperparams {
  let all = present
  for (const item of items) all = { ...all, [item.section]: { ...sectionOf(all, item.section), [item.name]: item } }
  return all
}

function withoutSections(present: Hyperparams, items: readonly ParamsItem[]): Hyperparams {
  const replaced = new Set(items.map(({ section }) => section))
  return Object.fromEntries(Object.entries(present).filter(([section]) => !replaced.has(section)))
}
