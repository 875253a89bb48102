import { z } from 'zod'
import type { Call } from '../call.ts'
import { checkedName, refuseReservedTags, requireProject } from '../document/check-fields.ts'
import { compareText } from '../document/compare-text.ts'
import { onlyGiven } from '../document/only-given.ts'
import { requireOwnTasks } from '../document/own-tasks.ts'
import { ApiError } from '../errors/api-error.ts'
import { anyObject, list, map, optional, text, whole } from '../transport/fields.ts'

/** What create and edit may set alike. */
export const modelRequest = {
  comment: optional(text),
  tags: optional(list(text)),
  system_tags: optional(list(text)),
  framework: optional(text),
  design: optional(anyObject),
  labels: optional(map(whole)),
  project: optional(text),
  parent: optional(text),
  task: optional(text),
}

const allFields = z.object({
  ...modelRequest,
  ...{ name: text, uri: text, ready: z.boolean(), ui_cache: anyObject, created: z.date() },
})
export type ModelFields = Partial<z.output<typeof allFields>>

/**
 * The fields as they are kept. Throws 400/800 for a name of less than 3 characters and for two labels with one id, 400/16
 * for reserved tags and an unknown project, 400/101 for an unknown task, 403/21 where project or task are public.
 */
export async function checkedFields<Fields extends ModelFields>(call: Call, fields: Fields) {
  const { name, labels, tags, system_tags, project, task } = fields
  refuseReservedTags(tags)
  refuseReservedTags(system_tags)
  const ids = Object.values(labels ?? {})
  if (new Set(ids).size < ids.length) throw new ApiError('dataValidation', 'two model labels have the same id')
  if (project) await requireProject(call, project, { writable: true })
  if (task) await requireOwnTasks(call, [task])
  return onlyGiven({
    ...fields,
    name: name === undefined ? undefined : checkedName(name, 'model'),
    tags: tags?.toSorted(compareText),
    system_tags: system_tags?.toSorted(compareText),
  })
}

/** An empty project, task or parent is none. */
export const changesOf = ({ system_tags, ui_cache, created, project, task, parent, ...plain }: ModelFields) =>
  onlyGiven({
    ...plain,
    ...{ systemTags: system_tags, uiCache: ui_cache, createdAt: created },
    ...{ project: orNone(project), task: orNone(task), parent: orNone(parent) },
  })

const orNone = (id: string | undefined) => (id === '' ? null : id)
