import { sql } from 'kysely'
import { anyTest, type Field, never, operators } from './field.ts'

const updatedAt = sql`tasks.updated_at`
const settledAt = sql`tasks.settled_at`
const runs = sql<boolean>`tasks.status = 'in_progress'`

/**
 * No index has `updated_at`: it moves with every report of progress. Tasks that do not run are in the index of
 * `settled_at`, which is the same for them; those that run are few.
 */
export const lastUpdateField: Field = {
  anyOf: () => never,
  allOf: () => never,
  isEmpty: () => never,
  matches: () => never,
  compare: (op, to) =>
    to instanceof Date
      ? anyTest([
          sql`${settledAt} ${operators[op]} ${to}::timestamptz`,
          sql`(${runs} and ${updatedAt} ${operators[op]} ${to}::timestamptz)`,
        ])
      : never,
  keys: [updatedAt],
  alwaysSet: true,
  walks: [
    { where: sql`${settledAt} is not null`, keys: [settledAt] },
    { where: runs, keys: [updatedAt] },
  ],
}
