import { z } from 'zod'

export const GpuReport = z.object({
  name: z.string(),
  /** Percent, 0 to 100. */
  utilization: z.number().nullable(),
  memoryUsedBytes: z.number(),
  memoryTotalBytes: z.number(),
})

export const MachineReport = z.object({
  cpus: z.number().int(),
  /** One-minute load average. */
  load: z.number(),
  memoryUsedBytes: z.number(),
  memoryTotalBytes: z.number(),
  gpus: z.array(GpuReport),
})
export type MachineReport = z.infer<typeof MachineReport>

/** `starting` loads models, `running` takes jobs, `draining` finishes what it holds and takes no more. */
export const WorkerState = z.enum(['starting', 'running', 'draining'])

/** A worker's heartbeat; it is a watcher of its queues for as long as these come. */
export const WorkerReport = z.object({
  v: z.literal(1),
  id: z.string(),
  host: z.string(),
  pid: z.number().int(),
  state: WorkerState,
  queues: z.array(z.string()),
  /** Jobs it runs at once, per queue. */
  concurrency: z.number().int(),
  /** Ids of the jobs it holds now. */
  running: z.array(z.string()),
  models: z.array(z.object({ name: z.string(), job: z.string(), engine: z.string(), device: z.string() })),
  machine: MachineReport,
  startedAt: z.number(),
  /** Epoch milliseconds of this report. */
  at: z.number(),
})
export type WorkerReport = z.infer<typeof WorkerReport>
