import type { Condition } from '../search/search.ts'

/** What tasks, models, projects and queues are tagged with. */
export interface TagStore {
  /**
   * The distinct tags of all of a company's objects that fit, in order; `where` may ask for `tags` and `system_tags`.
   * Reading them looks at every task, so an answer is given for a while, for longer the longer reading took.
   */
  listTags(company: string, kind: TagKind, where: Condition | null): Promise<readonly string[]>
}

export type TagKind = 'tags' | 'system_tags'
