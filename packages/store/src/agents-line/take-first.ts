import type { AgentsLine } from '@inferq/domain'
import { sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { isId, storable } from '../sql-text.ts'
import { type EntryRow, entryOf } from './read-line.ts'
import { touchingQueues } from './touch-queues.ts'

type Options = Parameters<AgentsLine['takeFirst']>[1]

export const entryTaker =
  (db: Db): AgentsLine['takeFirst'] =>
  async (queueId, options) => {
    if (!isId(queueId) || (options.onlyTask !== undefined && !isId(options.onlyTask))) return null
    for (;;) {
      const found = await takeFirst(db, queueId, options)
      if (!found) return null
      if (found.queue_id !== null) return entryOf(found)
      // Somebody else had taken that entry between the look at the line and the lock: another one is the first now.
    }
  }

/**
 * One statement, which writes nothing when the line is empty, as agents mostly find it. The task is locked before its
 * entry, and one that is just being taken or changed is passed over; who asks for one task waits for it instead, since
 * only the first may be taken then. The task may be gone: an entry is a fact of its own.
 */
async function takeFirst(db: Db, queueId: string, { leaseSeconds, onlyTask, agent }: Options) {
  const any = onlyTask === undefined
  const { rows } = await sql<EntryRow | { queue_id: null }>`
    with line as (
      select queue_id, task_id from queue_entries
      where queue_id = ${queueId}::uuid order by position, task_id ${any ? sql`` : sql`limit 1`}
    ), first as materialized (
      select line.queue_id, line.task_id from line
      left join lateral (
        select id from tasks where tasks.id = line.task_id for no key update ${any ? sql`skip locked` : sql``}
      ) task on true
      -- Not "not exists": to answer that, the planner may read all tasks at once.
      where (task.id is not null or (select id from tasks where tasks.id = line.task_id) is null)
        ${any ? sql`` : sql`and line.task_id = ${onlyTask}::uuid`}
      limit 1
    ), taken as (
      delete from queue_entries using first
      where queue_entries.queue_id = first.queue_id and queue_entries.task_id = first.task_id
      returning queue_entries.queue_id, queue_entries.task_id, queue_entries.added_at
    ), leased as (
      update tasks set
        lease_until = statement_timestamp() + ${leaseSeconds}::float8 * interval '1 second',
        taken_by = ${agent === undefined ? null : storable(agent)},
        status = case when status = 'stopped' then 'queued' else status end,
        status_changed_at = case when status = 'stopped' then statement_timestamp() else status_changed_at end,
        updated_at = case when status = 'stopped' then statement_timestamp() else updated_at end
      from taken where tasks.id = taken.task_id
        -- An entry is only an id; the task that has it may be another company's.
        and tasks.company = (select company from queues where queues.id = taken.queue_id)
    ), touched as (${touchingQueues(sql`select queue_id from taken`)})
    select taken.* from first left join taken on true`.execute(db)
  return rows[0]
}
