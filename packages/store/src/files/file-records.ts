import type { FileRecords } from '@inferq/domain'
import type { Db } from '../server/server.ts'

export function createFileRecords(_db: Db): FileRecords {
  return {} as FileRecords
}
