import { sql } from 'kysely'
import type { Db } from '../server/server.ts'

/**
 * Until the transaction ends, nobody else gives places to entries of this line, but at its end. Everyone who holds
 * several locks takes them in this order, so that nobody waits in a circle: the places of a line, a task, its entries.
 */
export async function lockPlaces(transaction: Db, queueId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${queueId}, 730024))`.execute(transaction)
}
