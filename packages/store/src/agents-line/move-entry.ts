import type { AgentsLine } from '@inferq/domain'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { isId } from '../sql-text.ts'
import { lockPlaces } from './lock-places.ts'
import { touchQueues } from './touch-queues.ts'

type Target = Parameters<AgentsLine['moveEntry']>[2]

/** Writes the one entry only: its position becomes the middle between those of its new neighbours in the line. */
export const entryMover =
  (db: Db): AgentsLine['moveEntry'] =>
  async (queueId, taskId, to) => {
    if (!isId(queueId) || !isId(taskId)) return null
    return db.transaction().execute(async (transaction) => {
      await lockPlaces(transaction, queueId)
      const entryAt = (place: RawBuilder<unknown>) => sql`
        select position from queue_entries where queue_id = ${queueId}::uuid and task_id <> ${taskId}::uuid
        order by position, task_id offset ${place} limit 1`
      const { rows } = await sql<{ place: number }>`
        with target as (
          select ahead, least(greatest(ahead + ${stepsBack(to)}::float8, 0), total - 1)::bigint as place
          from queue_entries moved cross join lateral (
            select count(*) as total,
              count(*) filter (where (position, task_id) < (moved.position, moved.task_id)) as ahead
            from queue_entries where queue_id = ${queueId}::uuid
          ) line
          where queue_id = ${queueId}::uuid and task_id = ${taskId}::uuid
        ), before as (${entryAt(sql`greatest((select place from target) - 1, 0)`)}),
        after as (${entryAt(sql`(select place from target)`)})
        update queue_entries set position = case
          when target.place = target.ahead then queue_entries.position
          when target.place = 0 then (select position from after) - 1
          else coalesce(
            ((select position from before) + (select position from after)) * 0.5,
            nextval('queue_entries_position')
          ) end
        from target
        where queue_entries.queue_id = ${queueId}::uuid and queue_entries.task_id = ${taskId}::uuid
        returning target.place::int as place`.execute(transaction)
      if (rows[0]) await touchQueues(transaction, [queueId])
      return rows[0]?.place ?? null
    })
  }

function stepsBack(to: Target): number {
  if (to === 'front') return -Infinity
  if (to === 'back') return Infinity
  return 'forward' in to ? -to.forward : to.backward
}
