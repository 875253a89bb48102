import { until } from '@inferq/testkit'
import { type Inferq, type InferqOptions, secretKey, startInferq } from '../inferq.ts'
import { createDeepomaticClient, type DeepomaticClient } from './client.ts'
import { openWire, type Wire, type WireOptions } from './wire.ts'

/** The public specification of the tiny model, which tells red, green and blue apart. */
export const tinySpec = '/recognition/public/tiny-image'

/** A whole Inferq with a Deepomatic client at it. */
export interface DeepomaticSystem {
  readonly inferq: Inferq
  readonly wire: Wire
  readonly client: DeepomaticClient
  /** Of the tiny model, for own versions. */
  readonly networkId: number
  /** Another caller. */
  open(options: WireOptions): Wire
  /** Runs `use` while the queue hands out nothing, so that its tasks stay pending. */
  whilePaused<T>(use: () => Promise<T>): Promise<T>
  /** The native id of a task. */
  nativeId(id: string): Promise<string>
  /** How many tasks there are. */
  countTasks(): Promise<number>
  stop(): Promise<void>
}

export async function startDeepomatic(options: InferqOptions = {}): Promise<DeepomaticSystem> {
  const inferq = await startInferq(options)
  const wires: Wire[] = []
  const open: DeepomaticSystem['open'] = (wireOptions) => {
    const wire = openWire(`${inferq.url}/v0.7`, wireOptions)
    wires.push(wire)
    return wire
  }
  const stop = async () => {
    for (const wire of wires) wire.close()
    await inferq.stop()
  }
  const wire = open({ key: secretKey })
  let networkId: number
  try {
    // Specifications come from what workers say of their models, and those are loaded one after the other.
    const models = options.worker?.INFERQ_IMAGE_MODELS?.split(',') ?? []
    const publicSpec = (model: string) =>
      until(
        async () => {
          const { status, data } = await wire.get(`/recognition/public/${model}/`)
          return status === 200 && data
        },
        { what: `the public specification of ${model}`, timeoutMs: 30_000 },
      )
    await Promise.all(models.map(publicSpec))
    networkId = (await publicSpec('tiny-image')).metadata.network_id
  } catch (error) {
    await stop()
    throw error
  }
  return {
    ...{ inferq, wire, client: createDeepomaticClient(wire), networkId, open, stop },
    async whilePaused(use) {
      await inferq.client.pause('default')
      try {
        return await use()
      } finally {
        await inferq.client.resume('default')
      }
    },
    async nativeId(id) {
      const { tasks } = await inferq.client.list({ limit: 500 })
      const task = tasks.find(({ number }) => `${number}` === id)
      if (!task) throw new Error(`there is no task ${id}`)
      return task.id
    },
    countTasks: async () => (await inferq.client.list({ limit: 500 })).tasks.length,
  }
}
