import { sql } from 'kysely'
import { anyTest, type Field } from './field.ts'
import { idField } from './id-field.ts'
import { isRunning, isSettled } from './motion.ts'

const field = idField(sql`tasks.queue_id`)

/** The queue of a task: one index has those that wait, one those that are settled. */
export const taskQueueField: Field = {
  ...field,
  anyOf: (queues) => {
    const isOneOf = field.anyOf(queues)
    return anyTest([
      sql`(${isSettled} and ${isOneOf})`,
      sql`(tasks.status = 'queued' and ${isOneOf})`,
      sql`(${isRunning} and ${isOneOf})`,
    ])
  },
}
