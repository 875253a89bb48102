import type { QueueEntry, QueueRecord } from '@inferq/domain'
import { type Call, isBefore } from '../call.ts'
import { everything, type Selection, selectionOf } from '../query/selection.ts'
import { type FieldWriters, timeOf, type WireDocument } from './fields.ts'
import { queueFields } from './referenced-fields.ts'
import { writeFields } from './select.ts'
import { namesOf } from './task-names.ts'

export interface QueueView {
  selection?: Selection
  /** Of each queue; none: all entries. */
  maxEntries?: number | undefined
  /** With the names of the tasks that wait. */
  expanded?: boolean
}

interface Line {
  entries: readonly QueueEntry[]
  /** Names by task id; null: they are not shown. */
  names: ReadonlyMap<string, string> | null
}

/** Older clients know the metadata of a queue as a list that nothing was ever in. */
const metadataSince = [2, 17] as const

const fieldWriters: FieldWriters<[queue: QueueRecord, line: Line, version: Call['version']]> = {
  ...queueFields,
  entries: (_, { entries, names }) =>
    entries.map(({ taskId, addedAt }) => ({
      task: names === null ? taskId : { id: taskId, name: names.get(taskId) },
      added: timeOf(addedAt),
    })),
  metadata: ({ metadata }, _, version) => (isBefore(version, metadataSince) ? [] : metadata),
}

/** Queues as this caller's version of the API sees them, in the same order. A line that nobody asks for is not read. */
export async function queueDocuments(
  { services, identity, version }: Call,
  queues: readonly QueueRecord[],
  { selection = everything, maxEntries, expanded = false }: QueueView = {},
): Promise<WireDocument[]> {
  const wanted = selectionOf(selection, 'entries') !== null
  // No limit and a limit of nothing are the same to the clients that send it.
  const lines = wanted ? await services.operations.queueEntries(queues, maxEntries || undefined) : new Map()
  const entriesOf = ({ id }: QueueRecord): readonly QueueEntry[] => lines.get(id) ?? []
  const taskIds = expanded ? queues.flatMap((queue) => entriesOf(queue).map(({ taskId }) => taskId)) : []
  const names = expanded ? await namesOf({ services, identity }, taskIds) : null
  return queues.map((queue) =>
    writeFields(fieldWriters, selection, queue, { entries: entriesOf(queue), names }, version),
  )
}
