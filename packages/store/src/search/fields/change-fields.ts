import type { Comparison } from '@inferq/domain'
import { type RawBuilder, sql } from 'kysely'
import { allTests, anyTest, type Field, never, operators, type Test, type Walk } from './field.ts'
import { isRunning, isWaiting } from './motion.ts'
import { timeField } from './plain-fields.ts'

const updatedAt = sql`tasks.updated_at`
const settledAt = sql`tasks.settled_at`
const isInMotion = [isRunning, isWaiting]

/** No index has `updated_at`: it moves with every report of progress. */
const compareUpdate = (op: Comparison, to: Date): Test =>
  anyTest([
    sql`${settledAt} ${operators[op]} ${to}::timestamptz`,
    ...isInMotion.map((moves): Test => sql`(${moves} and ${updatedAt} ${operators[op]} ${to}::timestamptz)`),
  ])

/** Tasks that wait were changed when they were queued, and are in order queue by queue. */
const walkQueues = (companies: readonly string[]): Walk => ({
  where: sql`(${isWaiting} and tasks.queue_id = q.id)`,
  keys: [sql`tasks.queued_at`],
  around: (perQueue) => sql`
    select found.* from queues q cross join lateral (${perQueue}) as found where q.company = any(${[...companies]}::text[])`,
})

export const lastUpdateField = (companies: readonly string[]): Field => ({
  ...timeField(updatedAt),
  compare: (op, to) => (to instanceof Date ? compareUpdate(op, to) : never),
  alwaysSet: true,
  walks: [
    { where: sql`${settledAt} is not null`, keys: [settledAt] },
    { where: isRunning, keys: [updatedAt] },
    walkQueues(companies),
  ],
})

/** The later of the last update and the last edit, which was an update to nobody else. */
const changedAt = timeField(sql`greatest(tasks.updated_at, tasks.edited_at)`)

export const lastChangeField: Field = {
  ...changedAt,
  alwaysSet: true,
  compare: (op, to) => (to instanceof Date && isSince(op) ? changedSince(op, to) : changedAt.compare(op, to)),
}

/** A time that was noted with a change: whatever happened since then to a task has changed it since then. */
export function notedWithChange(value: RawBuilder<unknown>): Field {
  const field = timeField(value)
  return {
    ...field,
    compare: (op, to) =>
      to instanceof Date && isSince(op)
        ? allTests([field.compare(op, to), changedSince('>=', to)])
        : field.compare(op, to),
  }
}

const isSince = (op: Comparison) => op === '>' || op === '>='

const changedSince = (op: Comparison, to: Date): Test =>
  anyTest([compareUpdate(op, to), sql`tasks.edited_at ${operators[op]} ${to}::timestamptz`])
