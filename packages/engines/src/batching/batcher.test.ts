import { JobError } from '@inferq/contracts'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { EmbedResult, TextEngine } from '../engine.ts'
import { batched } from './batcher.ts'

const signal = new AbortController().signal

interface SentBatch {
  readonly texts: readonly string[]
  readonly signal: AbortSignal
  answer(): void
  fail(error: unknown): void
}

/** An engine that computes when the test says so. The vector of a text is its length and its first letter. */
function manualEngine(limits: { maxBatchItems?: number; maxBatchTokens?: number } = {}) {
  const sent: SentBatch[] = []
  const engine: TextEngine = {
    model: 'manual',
    engine: 'manual',
    device: 'test',
    maxBatchItems: 4,
    maxBatchTokens: 1_000,
    ...limits,
    health: async () => 'ready',
    estimateTokens: (text) => text.length,
    embed: (texts, options) =>
      new Promise<EmbedResult>((resolve, reject) => {
        options.signal.addEventListener('abort', () => reject(options.signal.reason))
        sent.push({
          texts,
          signal: options.signal,
          answer: () => resolve({ embeddings: texts.map(vectorOf), preparingMs: 0, computingMs: 1 }),
          fail: reject,
        })
      }),
    close: async () => {},
  }
  return { engine, sent, batch: (index: number) => vi.waitUntil(() => sent[index], { interval: 1 }) }
}

const vectorOf = (text: string) => Float32Array.of(text.length, text.codePointAt(0) ?? 0)
const textsOf = (batches: readonly SentBatch[]) => batches.map(({ texts }) => texts)
const numbered = (count: number) => Array.from({ length: count }, (_, i) => `${i}`.padEnd(i + 1, '.'))
/** Several turns of the event loop: time enough for anything that is about to be sent. */
const settle = async () => {
  for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate)
}

describe('a call', () => {
  it('on an idle engine is sent at once, however long a batch may be held', async () => {
    const { engine, batch } = manualEngine()
    batched(engine, { maxWaitMs: 3_600_000 }).embed(['a'], { signal })
    expect((await batch(0)).texts).toEqual(['a'])
  })

  it('shares a batch with those that come in the same turn of the event loop', async () => {
    const { engine, sent, batch } = manualEngine()
    const batcher = batched(engine)
    const answers = ['a', 'bb', 'ccc'].map((text) => batcher.embed([text], { signal }))
    ;(await batch(0)).answer()
    expect((await Promise.all(answers)).map(({ embeddings }) => embeddings)).toEqual([
      [vectorOf('a')],
      [vectorOf('bb')],
      [vectorOf('ccc')],
    ])
    expect(textsOf(sent)).toEqual([['a', 'bb', 'ccc']])
  })

  it('with more texts than a batch gets all its vectors in order, whichever batch comes back first', async () => {
    const { engine, sent, batch } = manualEngine()
    const texts = numbered(10)
    const answer = batched(engine).embed(texts, { signal })
    await batch(1)
    sent[1]?.answer()
    sent[0]?.answer()
    ;(await batch(2)).answer()
    expect((await answer).embeddings).toEqual(texts.map(vectorOf))
    expect(textsOf(sent).map((batchTexts) => batchTexts.length)).toEqual([4, 4, 2])
  })

  it('with 256 texts holds up one with a single text by one batch at most', async () => {
    const { engine, sent, batch } = manualEngine({ maxBatchItems: 32 })
    const batcher = batched(engine)
    batcher.embed(numbered(256), { signal })
    await batch(1)
    batcher.embed(['single'], { signal })
    sent[0]?.answer()
    expect((await batch(2)).texts).toContain('single')
  })
})

describe('a batch', () => {
  it('fills while the engine computes the one before', async () => {
    const { engine, sent, batch } = manualEngine()
    const batcher = batched(engine)
    batcher.embed(['a'], { signal })
    await batch(0)
    batcher.embed(['b'], { signal })
    await settle()
    batcher.embed(['c'], { signal })
    await settle()
    expect(sent).toHaveLength(1)
    sent[0]?.answer()
    expect((await batch(1)).texts).toEqual(['b', 'c'])
  })

  it('that is full goes to the engine early, and no third one does', async () => {
    const { engine, sent, batch } = manualEngine()
    batched(engine).embed(numbered(12), { signal })
    await batch(1)
    await settle()
    expect(sent).toHaveLength(2)
  })

  it('holds no more tokens than the engine wants at once, but at least one text', async () => {
    const { engine, sent, batch } = manualEngine({ maxBatchTokens: 10 })
    batched(engine).embed(['four', 'four', 'four', 'far more than ten'], { signal })
    for (let i = 0; i < 3; i++) (await batch(i)).answer()
    expect(textsOf(sent)).toEqual([['four', 'four'], ['four'], ['far more than ten']])
  })

  it('that does not fill is held after another for as long as it may be, and no longer', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { engine, sent } = manualEngine()
    const batcher = batched(engine, { maxWaitMs: 20 })
    batcher.embed(['a'], { signal })
    await settle()
    batcher.embed(['b'], { signal })
    sent[0]?.answer()
    await settle()
    batcher.embed(['c'], { signal })
    await settle()
    expect(sent).toHaveLength(1)
    vi.advanceTimersByTime(20)
    await settle()
    expect(textsOf(sent)).toEqual([['a'], ['b', 'c']])
  })
  afterEach(() => {
    vi.useRealTimers()
  })
})

describe('a call that is aborted', () => {
  const reason = new Error('changed my mind')

  it('rejects at once, and the texts that it still had waiting are never sent', async () => {
    const { engine, sent, batch } = manualEngine()
    const batcher = batched(engine)
    batcher.embed(['a'], { signal })
    await batch(0)
    const controller = new AbortController()
    const answer = batcher.embed(['b'], { signal: controller.signal })
    controller.abort(reason)
    await expect(answer).rejects.toBe(reason)
    batcher.embed(['c'], { signal })
    sent[0]?.answer()
    await batch(1)
    expect(textsOf(sent)).toEqual([['a'], ['c']])
  })

  it('aborts the batch it is in once nobody else waits for that batch, and not before', async () => {
    const { engine, batch } = manualEngine()
    const batcher = batched(engine)
    const [first, second] = [new AbortController(), new AbortController()]
    const answers = [first, second].map(({ signal }) => batcher.embed(['a'], { signal }))
    const sentBatch = await batch(0)
    first.abort(reason)
    expect(sentBatch.signal.aborted).toBe(false)
    second.abort(reason)
    expect(sentBatch.signal.aborted).toBe(true)
    for (const answer of answers) await expect(answer).rejects.toBe(reason)
  })
})

describe('a batch that the engine refuses', () => {
  const refusal = new JobError('ENGINE_REFUSED', 'bad text')

  it('fails only the call whose text was refused; the others are tried again without it', async () => {
    const { engine, sent, batch } = manualEngine()
    const batcher = batched(engine)
    const good = batcher.embed(['good'], { signal })
    const bad = batcher.embed(['bad'], { signal })
    ;(await batch(0)).fail(refusal)
    await batch(2)
    for (const { texts, answer, fail } of sent.slice(1)) texts.includes('bad') ? fail(refusal) : answer()
    await expect(bad).rejects.toBe(refusal)
    expect((await good).embeddings).toEqual([vectorOf('good')])
    expect(textsOf(sent)).toEqual([['good', 'bad'], ['good'], ['bad']])
  })

  it('is not tried again when it holds the texts of one call only', async () => {
    const { engine, sent, batch } = manualEngine()
    const answer = batched(engine).embed(['a', 'b'], { signal })
    ;(await batch(0)).fail(refusal)
    await expect(answer).rejects.toBe(refusal)
    await settle()
    expect(sent).toHaveLength(1)
  })

  it('for a reason that passes fails every call in it, which are the ones to try again', async () => {
    const { engine, sent, batch } = manualEngine()
    const batcher = batched(engine)
    const answers = ['a', 'b'].map((text) => batcher.embed([text], { signal }))
    const failure = new JobError('ENGINE_UNAVAILABLE', 'away', { retryAfterMs: 5 })
    ;(await batch(0)).fail(failure)
    for (const answer of answers) await expect(answer).rejects.toBe(failure)
    await settle()
    expect(sent).toHaveLength(1)
  })

  it('ends the calls in it: what they still had waiting is not sent', async () => {
    const { engine, sent, batch } = manualEngine()
    const answer = batched(engine).embed(numbered(12), { signal })
    await batch(1)
    sent[0]?.fail(refusal)
    await expect(answer).rejects.toBe(refusal)
    expect(sent[1]?.signal.aborted).toBe(true)
    await settle()
    expect(sent).toHaveLength(2)
  })
})

it('a batcher that is closed refuses the calls that wait and those that come', async () => {
  const { engine, batch } = manualEngine()
  const batcher = batched(engine)
  batcher.embed(['a'], { signal })
  await batch(0)
  const waiting = batcher.embed(['b'], { signal })
  await batcher.close()
  await expect(waiting).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' })
  await expect(batcher.embed(['c'], { signal })).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' })
})
