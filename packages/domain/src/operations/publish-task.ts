import type { Ports } from '../ports.ts'
import type { DetailedTask } from '../task-details.ts'
import { changeTask, type Move, type Moved, movedBy } from './move.ts'
import { moveStatus } from './move-status.ts'

export interface Publication extends Move {
  /** Also the model that it made last. */
  publishModel: boolean
}

/** Publishes a task, and with it its last model; both or neither. Throws as moveStatus does. */
export async function publishTask(ports: Ports, company: string, id: string, publication: Publication): Promise<Moved> {
  const moved = await moveStatus(ports, company, id, 'publish', publication)
  const model = publication.publishModel ? lastModelOf(moved.task) : undefined
  if (model === undefined) return moved
  try {
    await ports.models.changeModel(company, model, { ready: true })
  } catch (error) {
    await unpublish(ports, moved, publication)
    throw error
  }
  return moved
}

const lastModelOf = ({ models }: DetailedTask): string | undefined =>
  ((models?.output ?? []) as readonly { model: string }[]).at(-1)?.model

const unpublish = (ports: Ports, { before, task }: Moved, { by }: Publication) =>
  changeTask(ports, task.company, task.id, ({ status }) =>
    status === 'published'
      ? {
          set: {
            ...movedBy({ by, reason: before.statusReason, message: before.statusMessage }),
            status: before.status,
            publishedAt: before.publishedAt,
          },
          counts: 'status',
        }
      : null,
  )
