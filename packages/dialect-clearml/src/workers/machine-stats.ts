import type { WorkerSample } from '@inferq/domain'
import { z } from 'zod'
import { list, object, optional } from '../transport/fields.ts'

const number = z.number().nullable()
const ofDevices = optional(list(number))
const plain = optional(z.number())

export const machineStats = object({
  cpu_usage: ofDevices,
  cpu_temperature: ofDevices,
  gpu_usage: ofDevices,
  gpu_temperature: ofDevices,
  gpu_memory_free: ofDevices,
  gpu_memory_used: ofDevices,
  memory_used: plain,
  memory_free: plain,
  network_tx: plain,
  network_rx: plain,
  disk_free_home: plain,
  disk_free_temp: plain,
  disk_read: plain,
  disk_write: plain,
})

type Reported = Pick<WorkerSample, 'company' | 'worker' | 'at' | 'task'>

/** One sample per value; nothing of what is nothing. */
export const samplesOf = (stats: z.output<typeof machineStats>, reported: Reported): WorkerSample[] =>
  Object.entries(stats).flatMap(([metric, values]) =>
    variantsOf(values).flatMap(([variant, value]) => (value ? [{ ...reported, metric, variant, value }] : [])),
  )

function variantsOf(
  values: number | readonly (number | null)[] | undefined,
): [variant: string, value: number | null][] {
  if (values === undefined) return []
  return typeof values === 'number' ? [['total', values]] : values.map((value, index) => [String(index), value])
}
