import type { EventBatch } from '@inferq/domain'
import type { Db } from '../server/server.ts'
import { addLines } from './add-lines.ts'
import { addPoints } from './add-points.ts'
import { addShown } from './add-shown.ts'
import { openStream } from './streams.ts'

/** Within the transaction that holds the row of the task or model, so there is one batch of it at a time. */
export async function addBatch(
  transaction: Db,
  { company, subject }: { company: string; subject: string },
  { lines, points, shown }: EventBatch,
): Promise<void> {
  if (lines.length + points.length + shown.length === 0) return
  const stream = await openStream(transaction, company, subject, lines.length)
  await addLines(transaction, stream, lines)
  await addPoints(transaction, stream, points)
  await addShown(transaction, stream, shown)
}
