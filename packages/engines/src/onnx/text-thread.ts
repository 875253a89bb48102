import { Worker } from 'node:worker_threads'
import { JobError } from '@inferq/contracts'
import type { ErrorMessage, FromThread, LoadedModel, TextThreadOptions, ToThread } from './messages.ts'
import type { Embedded } from './text-model.ts'

/** A thread that holds one loaded model. */
export interface TextThread {
  readonly loaded: LoadedModel
  /** Resolves when the thread has ended, for whatever reason. */
  readonly ended: Promise<void>
  /** The caller that gives up sees to its own rejection; the signal tells the thread to drop what is left. */
  embed(texts: readonly string[], signal: AbortSignal): Promise<Embedded>
  /** Lets the current run finish, then ends. */
  close(): Promise<void>
  /** Ends at once; what is under way rejects. */
  terminate(): Promise<void>
}

const closeGraceMs = 5_000

interface Waiting {
  resolve(result: Embedded): void
  reject(error: unknown): void
}

// The ONNX runtime reports usage to its makers unless told not to. The thread could not say so itself: what it sees of
// the environment is a copy that native code does not read.
process.env.ORT_DISABLE_TELEMETRY ??= '1'

/** Starts a thread and loads the model in it. Rejects when that fails. */
export async function startTextThread(options: TextThreadOptions): Promise<TextThread> {
  const worker = new Worker(new URL('./text-thread-main.ts', import.meta.url), {
    workerData: options,
    name: `inferq ${options.model}`,
  })
  const waiting = new Map<number, Waiting>()
  const loading = Promise.withResolvers<LoadedModel>()
  const ended = Promise.withResolvers<void>()
  let death: unknown
  let hasEnded = false
  let lastId = 0
  const send = (message: ToThread) => worker.postMessage(message)

  worker.on('message', (message: FromThread) => {
    if (message.type === 'loaded') return loading.resolve(message.model)
    if (message.type === 'load-failed') return loading.reject(toJobError(message.error))
    const call = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.type === 'embedded') call?.resolve(message)
    else call?.reject(toJobError(message.error))
  })
  worker.on('error', (error) => {
    death = error
  })
  worker.on('exit', () => {
    hasEnded = true
    loading.reject(threadDied(options.model, death))
    for (const call of waiting.values()) call.reject(threadDied(options.model, death))
    waiting.clear()
    ended.resolve()
  })

  return {
    loaded: await loading.promise,
    ended: ended.promise,

    embed(texts, signal) {
      if (hasEnded) return Promise.reject(threadDied(options.model, death))
      if (signal.aborted) return Promise.reject(signal.reason)
      const id = ++lastId
      const cancelled = new Int32Array(new SharedArrayBuffer(4))
      const cancel = () => {
        Atomics.store(cancelled, 0, 1)
        waiting.delete(id)
      }
      signal.addEventListener('abort', cancel, { once: true })
      const answer = new Promise<Embedded>((resolve, reject) => waiting.set(id, { resolve, reject }))
      send({ type: 'embed', id, texts, cancelled })
      return answer.finally(() => signal.removeEventListener('abort', cancel))
    },

    async close() {
      send({ type: 'close' })
      const timer = setTimeout(() => worker.terminate(), closeGraceMs)
      await ended.promise
      clearTimeout(timer)
    },

    async terminate() {
      await worker.terminate()
    },
  }
}

const toJobError = ({ code, message, detail }: ErrorMessage) =>
  new JobError(code, message, { cause: new Error(detail) })

const threadDied = (model: string, cause: unknown) =>
  new JobError('ENGINE_FAILED', `the thread that ran the model "${model}" died`, { cause })
