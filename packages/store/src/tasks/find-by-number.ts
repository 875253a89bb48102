import type { Task } from '@inferq/domain'
import { sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { taskColumns, taskOf } from './task-row.ts'

export async function findTasksByNumber(db: Db, company: string, numbers: readonly number[]): Promise<Task[]> {
  const wanted = possible(numbers)
  if (wanted.length === 0) return []
  const rows = await db
    .selectFrom('tasks')
    .select(taskColumns)
    .where('company', '=', company)
    .where(numberIn(wanted))
    .execute()
  const byNumber = new Map(rows.map((row) => [Number(row.number), row]))
  return wanted.flatMap((number) => byNumber.get(number) ?? []).map(taskOf)
}

export async function filterNumbers(db: Db, company: string, numbers: readonly number[]): Promise<number[]> {
  const wanted = possible(numbers)
  if (wanted.length === 0) return []
  const rows = await db
    .selectFrom('tasks')
    .select('number')
    .where('company', '=', company)
    .where(numberIn(wanted))
    .execute()
  const found = new Set(rows.map(({ number }) => Number(number)))
  return wanted.filter((number) => found.has(number))
}

const numberIn = (numbers: readonly number[]) => sql<boolean>`tasks.number = any(${numbers}::bigint[])`

/** Each once; Postgres ends a statement over what is no whole number. */
const possible = (numbers: readonly number[]): number[] => [...new Set(numbers)].filter(Number.isSafeInteger)
