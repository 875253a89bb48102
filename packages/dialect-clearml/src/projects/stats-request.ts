import type { Condition } from '@inferq/domain'
import { taskCollection } from '../query/collection.ts'
import { invalid } from '../query/refuse.ts'
import { type QueryRequest, readFlag, readText, readTexts } from '../query/request.ts'
import { readWhere } from '../query/where.ts'
import { isPlainObject } from '../transport/plain-object.ts'

/** Which tasks the figures are about. */
export interface StatsRequest {
  /** Tasks and projects with the system tag `archived`, or those without. */
  state: 'active' | 'archived'
  /** Also what is below a project. */
  withChildren: boolean
  hiddenToo: boolean
  where: Condition | null
}

/** Throws 400/12 for what cannot be understood. */
export function readStatsRequest(request: QueryRequest): StatsRequest {
  const state = readText(request, 'stats_for_state') ?? 'active'
  if (state !== 'active' && state !== 'archived') throw invalid('stats_for_state', 'expected active or archived')
  const filter = request.include_stats_filter ?? {}
  if (!isPlainObject(filter)) throw invalid('include_stats_filter', 'expected an object')
  const hiddenToo = readFlag(request, 'search_hidden')
  const users = readTexts(request, 'active_users')
  return {
    state,
    withChildren: readFlag(request, 'stats_with_children', true),
    hiddenToo,
    where: readWhere({ search_hidden: hiddenToo, ...filter, ...(users && { user: users }) }, taskCollection),
  }
}
