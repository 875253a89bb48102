import { z } from 'zod'
import { MachineReport, WorkerReport, WorkerState } from '../worker-report.ts'

export const WorkerView = z
  .object({
    id: z.string(),
    host: z.string(),
    pid: z.number().int(),
    state: WorkerState,
    queues: z.array(z.string()),
    slots: z.number().int().meta({ description: 'Jobs it runs at once, per queue.' }),
    running: z.array(z.string()).meta({ description: 'Ids of the tasks it is running.' }),
    models: WorkerReport.shape.models,
    machine: MachineReport,
    started_at: z.iso.datetime(),
    last_seen_at: z.iso.datetime(),
  })
  .meta({ id: 'Worker' })
export type WorkerView = z.infer<typeof WorkerView>

export const WorkerList = z.object({ workers: z.array(WorkerView) }).meta({ id: 'WorkerList' })
export type WorkerList = z.infer<typeof WorkerList>
