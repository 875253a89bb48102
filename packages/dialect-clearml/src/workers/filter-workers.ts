import { z } from 'zod'
import { list, optional, text, whole } from '../transport/fields.ts'
import type { LiveWorker } from './live-workers.ts'

/** Seconds since the last activity; null and 0 ask for all, which is not the same as not to say. */
export const lastSeenSeconds = whole.pipe(z.number().min(0)).nullish()

const longestPattern = 500

export const workerFilters = {
  tags: optional(list(text)),
  system_tags: optional(list(text)),
  worker_pattern: optional(text.max(longestPattern)),
}

interface Filters {
  tags?: readonly string[] | undefined
  system_tags?: readonly string[] | undefined
  worker_pattern?: string | undefined
}

export function filterWorkers(
  workers: readonly LiveWorker[],
  { tags = [], system_tags = [], worker_pattern }: Filters,
  lastSeen: number,
): readonly LiveWorker[] {
  const since = lastSeen === 0 ? 0 : Date.now() - lastSeen * 1_000
  return workers.filter(
    (worker) =>
      worker.lastActivityAt.getTime() >= since &&
      (!worker_pattern || matchesGlob(worker.id, worker_pattern)) &&
      hasTags(worker.tags, tags) &&
      hasTags(worker.systemTags, system_tags),
  )
}

/** One of the tags at least, if any is asked for; and none of those after a minus. */
function hasTags(present: readonly string[], asked: readonly string[]): boolean {
  const excluded = asked.filter((tag) => tag.startsWith('-')).map((tag) => tag.slice(1))
  const included = asked.filter((tag) => !tag.startsWith('-'))
  const isIncluded = included.length === 0 || included.some((tag) => present.includes(tag))
  return isIncluded && !excluded.some((tag) => present.includes(tag))
}

/** `*` for any characters, `?` for one. Only the last star is ever tried anew, so no pattern takes long. */
export function matchesGlob(text: string, glob: string): boolean {
  let star = -1
  let resumeAt = 0
  let at = 0
  for (let index = 0; index < text.length; ) {
    if (glob[at] === '*') {
      star = at++
      resumeAt = index
    } else if (glob[at] === '?' || (at < glob.length && glob[at] === text[index])) {
      at++
      index++
    } else if (star === -1) {
      return false
    } else {
      at = star + 1
      index = ++resumeAt
    }
  }
  return [...glob.slice(at)].every((char) => char === '*')
}
