import type { Document, Model } from '@inferq/domain'
import type { Call } from '../call.ts'
import { signOfLife } from '../document/sign-of-life.ts'
import { batchOf } from './batch-of.ts'
import { foldMetrics } from './fold-metrics.ts'
import { isLocked } from './is-locked.ts'
import type { ReportedEvent, Subject } from './parse-event.ts'

export interface Added {
  events: readonly ReportedEvent[]
  /** The project of the task that has them now. */
  project: string | null
}
export type NotAdded = 'unknown' | 'locked'

/** Adds events to the one task or model that they are about: all of them, or only those that locks do not stop. */
export async function addToSubject(
  call: Call,
  subject: Subject,
  events: readonly ReportedEvent[],
): Promise<Added | NotAdded> {
  const added = await addAll(call, subject, events)
  if (added !== 'locked') return added
  const allowed = events.filter(({ allowLocked }) => allowLocked)
  return allowed.length > 0 ? addAll(call, subject, allowed) : 'locked'
}

async function addAll(call: Call, { kind, id }: Subject, events: readonly ReportedEvent[]): Promise<Added | NotAdded> {
  const { services, identity } = call
  const { company, user } = identity
  const batch = batchOf(events.map(({ event }) => event))
  const mayBeLocked = events.every(({ allowLocked }) => allowLocked)
  let refused: NotAdded = 'unknown'

  if (kind === 'model') {
    const model = await services.events.addToModel(company, id, batch, (present) => {
      refused = present.ready && !mayBeLocked ? 'locked' : 'unknown'
      return refused === 'locked' ? null : progress(present, events)
    })
    return model === null ? refused : { events, project: model.project }
  }
  const task = await services.events.addToTask(company, id, batch, (present) => {
    refused = isLocked(present) && !mayBeLocked ? 'locked' : 'unknown'
    if (refused === 'locked') return null
    const life = signOfLife(present, services.settings.leaseSeconds)
    return { ...progress(present, events), ...life, changedBy: user }
  })
  return task === null ? refused : { events, project: task.project }
}

/** How far it has come, and what its metrics are by now; what stays as it is is not written again. */
function progress(
  { lastIteration, lastMetrics }: Pick<Model, 'lastIteration' | 'lastMetrics'>,
  events: readonly ReportedEvent[],
): { lastIteration?: number; lastMetrics?: Document } {
  const furthest = events.reduce((most, { iteration }) => Math.max(most, iteration ?? most), lastIteration)
  const scalars = events.flatMap(({ scalar }) => scalar ?? [])
  return {
    ...(furthest > lastIteration && { lastIteration: furthest }),
    ...(scalars.length > 0 && { lastMetrics: foldMetrics(lastMetrics, scalars) }),
  }
}
