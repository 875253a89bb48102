import type { EventStore } from '@inferq/domain'
import type { Db } from '../server/server.ts'

export function createEventStore(_db: Db): EventStore {
  return {} as EventStore
}
