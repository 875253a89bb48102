import { describe, expect, it } from 'vitest'
import type { ComputeAnswer, ComputeRequest, ImageJob, ReadImage } from './messages.ts'
import { Pipeline } from './pipeline.ts'

const signal = new AbortController().signal
const settle = () => new Promise((resolve) => setImmediate(resolve))

/** A pipeline whose stages end when the test says so. Images are told apart by their first byte. */
function manualPipeline({ readAtOnce = 2, maxBatchItems = 1 } = {}) {
  const reads: { byte: number; done: (width?: number) => void; fail: (error: Error) => void }[] = []
  const batches: { bytes: number[]; done: () => void; fail: (error: Error) => void; signal: AbortSignal }[] = []
  const pipeline = new Pipeline({
    readAtOnce,
    maxBatchItems,
    read: ({ bytes }) => {
      const read = Promise.withResolvers<ReadImage>()
      const seen = { left: 0, top: 0, width: 1, height: 1 }
      const values = Float32Array.from(bytes)
      reads.push({
        byte: bytes[0] ?? -1,
        done: (width = 1) => read.resolve({ values, width, height: 1, seen }),
        fail: read.reject,
      })
      return read.promise
    },
    compute: ({ images }: ComputeRequest, batchSignal) => {
      const batch = Promise.withResolvers<ComputeAnswer>()
      const computed = images.map(({ values, job }) =>
        job === 'embed.image'
          ? ({ job, vector: values } as const)
          : ({ job: 'classify.image', scores: values } as const),
      )
      batches.push({
        bytes: images.map(({ values }) => values[0] ?? -1),
        done: () => batch.resolve({ computed, computingMs: 6 }),
        fail: batch.reject,
        signal: batchSignal,
      })
      return batch.promise
    },
  })
  const look = (byte: number, by = signal, job: ImageJob = 'classify.image') =>
    pipeline.look({ bytes: Uint8Array.of(byte) }, job, by)
  return { look, reads, batches }
}

describe('the pipeline', () => {
  it('reads the next images while one is computed, and hands the next over before the first is done', async () => {
    const { look, reads, batches } = manualPipeline()
    const answers = [1, 2, 3, 4, 5, 6].map((byte) => look(byte))
    expect(reads.map(({ byte }) => byte)).toEqual([1, 2])
    for (let i = 0; i < 5; i++) {
      reads[i]?.done()
      await settle()
    }
    expect(batches.map(({ bytes }) => bytes)).toEqual([[1], [2]])
    batches[0]?.done()
    await settle()
    expect(batches.map(({ bytes }) => bytes)).toEqual([[1], [2], [3]])
    expect((await answers[0])?.computed).toEqual({ job: 'classify.image', scores: Float32Array.of(1) })
  })

  it('reads no more ahead than the next batches need', async () => {
    const { look, reads } = manualPipeline()
    for (let byte = 0; byte < 20; byte++) look(byte)
    for (let i = 0; i < 20; i++) {
      reads[i]?.done()
      await settle()
    }
    // Two are with the model, three wait for it.
    expect(reads).toHaveLength(5)
  })

  it('puts the images of several calls into one batch, each with its share of the time', async () => {
    const { look, reads, batches } = manualPipeline({ readAtOnce: 4, maxBatchItems: 3 })
    const answers = [1, 2, 3, 4].map((byte) => look(byte))
    for (const read of reads) read.done()
    await settle()
    expect(batches.map(({ bytes }) => bytes)).toEqual([[1], [2, 3, 4]])
    for (const batch of batches) batch.done()
    expect((await answers[0])?.computingMs).toBe(6)
    expect((await answers[3])?.computingMs).toBe(2)
  })

  it('puts images together whatever is asked for them, and gives each what was asked for', async () => {
    const { look, reads, batches } = manualPipeline({ readAtOnce: 4, maxBatchItems: 3 })
    const jobs = ['embed.image', 'embed.image', 'classify.image', 'embed.image'] as const
    const answers = jobs.map((job, i) => look(i + 1, signal, job))
    for (const read of reads) read.done()
    await settle()
    expect(batches.map(({ bytes }) => bytes)).toEqual([[1], [2, 3, 4]])
    for (const batch of batches) batch.done()
    expect((await Promise.all(answers)).map(({ computed }) => computed.job)).toEqual(jobs)
  })

  it('computes only images of one size together', async () => {
    const { look, reads, batches } = manualPipeline({ readAtOnce: 5, maxBatchItems: 4 })
    for (const byte of [1, 2, 3, 4]) look(byte)
    for (const [i, read] of reads.entries()) read.done(1 + (i % 2))
    await settle()
    batches[0]?.done()
    await settle()
    batches[1]?.done()
    await settle()
    expect(batches.map(({ bytes }) => bytes)).toEqual([[1], [2, 4], [3]])
  })

  it('fails only who has the image that cannot be read', async () => {
    const { look, reads, batches } = manualPipeline()
    const [bad, good] = [look(1), look(2)]
    reads[0]?.fail(new Error('unreadable'))
    reads[1]?.done()
    await expect(bad).rejects.toThrow('unreadable')
    await settle()
    batches[0]?.done()
    expect((await good).computed).toBeDefined()
  })

  it('fails all images of a batch that fails, and goes on', async () => {
    const { look, reads, batches } = manualPipeline()
    const [bad, good] = [look(1), look(2)]
    for (const read of reads) read.done()
    await settle()
    batches[0]?.fail(new Error('out of memory'))
    batches[1]?.done()
    await expect(bad).rejects.toThrow('out of memory')
    expect((await good).computed).toBeDefined()
  })

  it('drops what nobody waits for any more, wherever it is', async () => {
    const { look, reads, batches } = manualPipeline()
    const reason = new Error('changed my mind')
    const controllers = [1, 2, 3, 4, 5].map(() => new AbortController())
    const answers = Promise.allSettled(controllers.map((controller, i) => look(i + 1, controller.signal)))
    for (let i = 0; i < 3; i++) {
      reads[i]?.done()
      await settle()
    }
    for (const controller of controllers) controller.abort(reason)
    expect((await answers).every((answer) => answer.status === 'rejected' && answer.reason === reason)).toBe(true)
    await settle()
    expect(batches.map(({ bytes, signal }) => [bytes, signal.aborted])).toEqual([
      [[1], true],
      [[2], true],
    ])
    const next = look(9)
    reads.at(-1)?.done()
    await settle()
    batches.at(-1)?.done()
    expect((await next).computed).toEqual({ job: 'classify.image', scores: Float32Array.of(9) })
  })
})
