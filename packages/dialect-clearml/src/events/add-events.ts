import type { Call } from '../call.ts'
import { touchProjects } from '../document/change-own-task.ts'
import { ApiError } from '../errors/api-error.ts'
import { addToSubject, type NotAdded } from './add-to-subject.ts'
import { parseBySubject } from './parse-by-subject.ts'

/**
 * Adds the events that can be added; the others are counted by what is wrong with them. Those of one task are written
 * together or not at all. Throws 400/131 when none could be added.
 */
export async function addEvents(call: Call, items: readonly unknown[]) {
  const problems = countedTexts()
  const projects = new Set<string | null>()
  let added = 0
  for (const events of await parseBySubject(items, { worker: call.worker, now: new Date() }, problems.add)) {
    const { subject } = events[0]
    const done = await addToSubject(call, subject, events)
    if (typeof done === 'string') problems.add(notAddedTexts[done](subject.kind), events.length)
    else {
      added += done.events.length
      projects.add(done.project)
      problems.add(notAddedTexts.locked(subject.kind), events.length - done.events.length)
    }
  }
  const { total: errors, texts: errors_info } = problems.read()
  if (added === 0) throw new ApiError('eventsNotAdded', Object.keys(errors_info).join('; '), { errors })
  await touchProjects(call, [...projects])
  return { added, errors, errors_info }
}

const notAddedTexts = {
  unknown: (kind) => `there is no such ${kind} of your company`,
  locked: (kind) => `the ${kind} is published; set allow_locked to report to it all the same`,
} as const satisfies Record<NotAdded, (kind: string) => string>

function countedTexts() {
  const counts = new Map<string, number>()
  let total = 0
  return {
    add(text: string, count = 1) {
      if (count === 0) return
      total += count
      counts.set(text, (counts.get(text) ?? 0) + count)
    },
    read: () => ({ total, texts: Object.fromEntries(counts) }),
  }
}
