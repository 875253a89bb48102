import type { Condition } from '@inferq/domain'
import { defineEndpoint } from '../endpoint.ts'
import { allOf } from '../query/conditions.ts'
import { listCondition } from '../query/list-condition.ts'
import { flag, list, object, optional, text } from '../transport/fields.ts'

/** What tasks, models, projects and queues are tagged with, or those of them that a filter lets pass. */
export const organizationGetTags = defineEndpoint('organization.get_tags', {
  since: '2.8',
  request: object({
    include_system: flag,
    filter: optional(object({ tags: optional(list(text.nullable())), system_tags: optional(list(text.nullable())) })),
  }),
  async handle({ services, identity }, { include_system, filter }) {
    const conditions = (['tags', 'system_tags'] as const).map((field): Condition | null =>
      filter?.[field] ? listCondition([field], field, filter[field]) : null,
    )
    const where = allOf(conditions)
    const tagsOf = (kind: 'tags' | 'system_tags') => services.tags.listTags(identity.company, kind, where)
    const [tags, systemTags] = await Promise.all([tagsOf('tags'), include_system ? tagsOf('system_tags') : null])
    return { tags, ...(systemTags && { system_tags: systemTags }) }
  },
})
