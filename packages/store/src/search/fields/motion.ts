import { type SqlBool, sql } from 'kysely'

/**
 * Tasks in motion are in none of the indexes of settled ones; see the migration. They are found by their status, and
 * are few beside those that have ended.
 */
export const isSettled = sql<SqlBool>`tasks.settled_at is not null`
export const isInMotion = sql<SqlBool>`(tasks.settled_at is null and tasks.status = any('{queued,in_progress}'))`
export const isRunning = sql<SqlBool>`tasks.status = 'in_progress'`
export const isWaiting = sql<SqlBool>`(tasks.settled_at is null and tasks.status = 'queued')`
