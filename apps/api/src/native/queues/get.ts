import { QueueView, type QueueView as QueueViewType } from '@inferq/contracts'
import { type QueueRecord, queueNotFound } from '@inferq/domain'
import { z } from 'zod'
import type { Services } from '../../services.ts'
import { type NativeRoute, refusals } from '../route.ts'
import { queueViews } from './queue-view.ts'

export const QueueParams = z.object({ name: z.string() })

export const queuesGet: NativeRoute = (app, services) => {
  app.get(
    '/queues/:name',
    {
      schema: {
        summary: 'Read a queue',
        tags: ['queues'],
        params: QueueParams,
        response: { 200: QueueView, ...refusals },
      },
    },
    async ({ params, caller }) => {
      const record = await services.queues.findQueue(caller.company, params.name)
      if (!record) throw queueNotFound(params.name)
      return oneQueueView(services, record)
    },
  )
}

export async function oneQueueView(services: Services, record: QueueRecord): Promise<QueueViewType> {
  const [view] = await queueViews(services, record.company, [record])
  return view as QueueViewType
}
