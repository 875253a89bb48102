import { QueueView } from '@inferq/contracts'
import { type NativeRoute, refusals } from '../route.ts'
import { oneQueueView, QueueParams } from './get.ts'

const verbs = [
  {
    verb: 'pause',
    paused: true,
    summary: 'Pause a queue',
    description: 'Workers finish what they hold and take no more.',
  },
  { verb: 'resume', paused: false, summary: 'Resume a queue', description: 'Workers take from it again.' },
] as const

export const queuesPause: NativeRoute = (app, services) => {
  for (const { verb, paused, summary, description } of verbs) {
    app.post(
      `/queues/:name/${verb}`,
      {
        schema: {
          summary,
          description,
          tags: ['queues'],
          params: QueueParams,
          response: { 200: QueueView, ...refusals },
        },
      },
      async ({ params, caller }) => {
        const record = await services.operations.setQueuePaused(caller.company, params.name, paused)
        return oneQueueView(services, record)
      },
    )
  }
}
