import { changeParameters } from '../document/change-parameters.ts'
import { sectionOf } from '../document/parts/hyperparams.ts'
import { type Hyperparams, type ParamKey, paramKey } from '../document/schemas.ts'
import { defineEndpoint } from '../endpoint.ts'
import { ApiError } from '../errors/api-error.ts'
import { flag, list, object, text } from '../transport/fields.ts'

/** Deletes parameters, or whole sections. What is not there needs no deleting. */
export const tasksDeleteHyperParams = defineEndpoint('tasks.delete_hyper_params', {
  since: '2.9',
  request: object({ task: text, hyperparams: list(paramKey).min(1), force: flag }),
  async handle(call, { task, hyperparams, force }) {
    await changeParameters(call, task, force, hyperparams, (present, keys) => {
      refuseBoth(keys)
      return keys.reduce(without, present)
    })
    return { deleted: 1 }
  },
})

function refuseBoth(keys: readonly ParamKey[]): void {
  const whole = new Set(keys.filter(({ name }) => name === undefined).map(({ section }) => section))
  const both = keys.find(({ section, name }) => name !== undefined && whole.has(section))
  if (both)
    throw new ApiError('fieldsConflict', 'a section and one of its parameters', {
      section: both.section,
      name: both.name,
    })
}

function without(present: Hyperparams, { section, name }: ParamKey): Hyperparams {
  const { [section]: _, ...others } = present
  if (name === undefined || !Object.hasOwn(present, section)) return others
  const { [name]: __, ...kept } = sectionOf(present, section)
  return Object.keys(kept).length > 0 ? { ...others, [section]: kept } : others
}
