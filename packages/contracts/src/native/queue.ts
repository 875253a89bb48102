import { z } from 'zod'

export const QueueView = z
  .object({
    name: z.string(),
    id: z.string(),
    default: z.boolean(),
    paused: z.boolean(),
    waiting: z.number().int().nullable().meta({ description: 'null: Redis could not be asked.' }),
    active: z.number().int().nullable(),
    delayed: z.number().int().nullable().meta({ description: 'Waiting for their next attempt.' }),
    oldest_waiting_seconds: z.number().nullable().meta({ description: 'null: nothing waits.' }),
    waiting_for_agents: z.number().int().meta({ description: 'In the line from which agents pull; not in `waiting`.' }),
    watchers: z.array(z.string()).nullable().meta({ description: 'Ids of the live workers that take from it.' }),
    agents: z.array(z.string()).nullable().meta({ description: 'Ids of the agents that are registered for it.' }),
    started_per_minute: z.number().int().nullable(),
    finished_per_minute: z.number().int().nullable(),
  })
  .meta({ id: 'Queue' })
export type QueueView = z.infer<typeof QueueView>

export const QueueList = z.object({ queues: z.array(QueueView) }).meta({ id: 'QueueList' })
export type QueueList = z.infer<typeof QueueList>
