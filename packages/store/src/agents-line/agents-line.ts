import type { AgentsLine } from '@inferq/domain'
import type { Db } from '../server/server.ts'
import { entryAdder, entryRemover, lineClearer } from './change-entries.ts'
import { entryMover } from './move-entry.ts'
import { countEntries, readLines } from './read-line.ts'
import { lineReturner } from './return-to-line.ts'
import { entryTaker } from './take-first.ts'

export const createAgentsLine = (db: Db): AgentsLine => ({
  entries: (queueIds, limit) => readLines(db, queueIds, limit ?? null),
  countEntries: (queueId) => countEntries(db, queueId),
  addEntry: entryAdder(db),
  removeEntry: entryRemover(db),
  clearEntries: lineClearer(db),
  takeFirst: entryTaker(db),
  moveEntry: entryMover(db),
  returnToLine: lineReturner(db),
})
