import { QueueList } from '@inferq/contracts'
import { type NativeRoute, refusals } from '../route.ts'
import { queueViews } from './queue-view.ts'

export const queuesList: NativeRoute = (app, services) => {
  app.get(
    '/queues',
    { schema: { summary: 'List queues', tags: ['queues'], response: { 200: QueueList, ...refusals } } },
    async ({ caller }) => {
      const records = await services.queues.listQueues(caller.company)
      return { queues: await queueViews(services, caller.company, records) }
    },
  )
}
