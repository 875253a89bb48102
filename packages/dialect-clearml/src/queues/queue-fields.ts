import type { QueueChanges } from '@inferq/domain'
import type { z } from 'zod'
import { refuseReservedTags } from '../document/check-fields.ts'
import { metadataMap } from '../document/metadata.ts'
import { onlyGiven } from '../document/only-given.ts'
import { ApiError } from '../errors/api-error.ts'
import { list, optional, text } from '../transport/fields.ts'

/** What create and update may set; `name` is each one's own. */
export const queueFields = {
  display_name: optional(text),
  tags: optional(list(text)),
  system_tags: optional(list(text)),
  metadata: optional(metadataMap),
}

type QueueFields = { name?: string | undefined } & {
  [Field in keyof typeof queueFields]: z.output<(typeof queueFields)[Field]>
}

const defaultTag = 'default'
const shortestName = 3
/** The record has an index over all names, whose keys have a limit. */
const longestName = 500

/** Fields that the request does not have stay absent. Throws 400/16 for reserved tags, 400/800 for the name. */
export function queueChangesOf({ name, display_name, tags, system_tags, metadata }: QueueFields): QueueChanges {
  refuseReservedTags(tags)
  refuseReservedTags(system_tags)
  return onlyGiven({
    name: name === undefined ? undefined : checkedQueueName(name),
    displayName: display_name,
    tags: tags && unique(tags),
    systemTags: system_tags && unique(system_tags).filter((tag) => tag !== defaultTag),
    isDefault: system_tags?.includes(defaultTag),
    metadata,
  })
}

/** Without the blanks around it. Throws 400/800 when it is too short or too long. */
export function checkedQueueName(name: string): string {
  const trimmed = name.trim()
  if (trimmed.length >= shortestName && trimmed.length <= longestName) return trimmed
  const problem = `a queue's name has ${shortestName} to ${longestName} characters`
  throw new ApiError('dataValidation', problem, { name: trimmed.slice(0, longestName) })
}

const unique = (tags: readonly string[]) => [...new Set(tags)]
