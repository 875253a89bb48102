import { setImmediate } from 'node:timers/promises'
import { maxSubjectsPerBatch } from './limits.ts'
import { parseEvent, type ReportedEvent, type Reporting } from './parse-event.ts'
import { EventProblem } from './read-field.ts'

type SomeEvents = [ReportedEvent, ...ReportedEvent[]]

/** Others have their turn in between: a batch may have a hundred thousand events. */
const parsedAtOnce = 1000

/** The events of each task and model, in the order in which they came; of those that are wrong, what is. */
export async function parseBySubject(
  items: readonly unknown[],
  reporting: Reporting,
  note: (problem: string) => void,
): Promise<Iterable<SomeEvents>> {
  const groups = new Map<string, SomeEvents>()
  for (const [index, item] of items.entries()) {
    if (index % parsedAtOnce === parsedAtOnce - 1) await setImmediate()
    const event = parseOrNote(item, reporting, note)
    if (event === null) continue
    const key = `${event.subject.kind} ${event.subject.id}`
    const group = groups.get(key)
    if (group) group.push(event)
    else if (groups.size < maxSubjectsPerBatch) groups.set(key, [event])
    else note(`the batch is about more than ${maxSubjectsPerBatch} tasks and models`)
  }
  return groups.values()
}

function parseOrNote(item: unknown, reporting: Reporting, note: (problem: string) => void): ReportedEvent | null {
  try {
    return parseEvent(item, reporting)
  } catch (error) {
    if (!(error instanceof EventProblem)) throw error
    note(error.message)
    return null
  }
}
