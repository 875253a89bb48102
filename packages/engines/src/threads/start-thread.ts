import { Worker } from 'node:worker_threads'
import { JobError } from '@inferq/contracts'
import type { ErrorMessage, FromThread, ToThread } from './messages.ts'

export interface ThreadStart {
  /** The file that the thread runs; it calls `serveThread`. */
  readonly main: URL
  readonly name: string
  /** What it is for, as the error says it when the thread has died: `the thread that ... died`. */
  readonly purpose: string
  readonly options: object
}

export interface Thread<Loaded, Request, Answer> {
  readonly loaded: Loaded
  /** Resolves when the thread has ended, for whatever reason. */
  readonly ended: Promise<void>
  /** The caller that gives up sees to its own rejection; the signal tells the thread to drop what is left. */
  call(request: Request, signal: AbortSignal, transfer?: ArrayBuffer[]): Promise<Answer>
  /** Lets what is under way finish, then ends. */
  close(): Promise<void>
  /** Ends at once; what is under way rejects. */
  terminate(): Promise<void>
}

const closeGraceMs = 5_000

// The ONNX runtime reports usage to its makers unless told not to. A thread could not say so itself: what it sees of
// the environment is a copy that native code does not read.
process.env.ORT_DISABLE_TELEMETRY ??= '1'

/** Starts a thread and waits until it has loaded what it needs. Rejects when that fails. */
export async function startThread<Loaded, Request, Answer>({
  main,
  name,
  purpose,
  options,
}: ThreadStart): Promise<Thread<Loaded, Request, Answer>> {
  const worker = new Worker(main, { workerData: options, name })
  const waiting = new Map<number, PromiseWithResolvers<Answer>>()
  const loading = Promise.withResolvers<Loaded>()
  const ended = Promise.withResolvers<void>()
  let death: unknown
  let hasEnded = false
  let lastId = 0
  const died = () => new JobError('ENGINE_FAILED', `the thread that ${purpose} died`, { cause: death })
  const send = (message: ToThread<Request>, transfer: ArrayBuffer[] = []) => worker.postMessage(message, transfer)

  worker.on('message', (message: FromThread<Loaded, Answer>) => {
    if (message.type === 'loaded') return loading.resolve(message.loaded)
    if (message.type === 'load-failed') return loading.reject(toJobError(message.error))
    const call = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.type === 'answered') call?.resolve(message.answer)
    else call?.reject(toJobError(message.error))
  })
  worker.on('error', (error) => {
    death = error
  })
  worker.on('exit', () => {
    hasEnded = true
    loading.reject(died())
    for (const call of waiting.values()) call.reject(died())
    waiting.clear()
    ended.resolve()
  })

  return {
    loaded: await loading.promise,
    ended: ended.promise,

    call(request, signal, transfer) {
      if (hasEnded) return Promise.reject(died())
      if (signal.aborted) return Promise.reject(signal.reason)
      const id = ++lastId
      const cancelled = new Int32Array(new SharedArrayBuffer(4))
      const cancel = () => {
        Atomics.store(cancelled, 0, 1)
        waiting.delete(id)
      }
      signal.addEventListener('abort', cancel, { once: true })
      const answer = Promise.withResolvers<Answer>()
      waiting.set(id, answer)
      send({ type: 'call', id, request, cancelled }, transfer)
      return answer.promise.finally(() => signal.removeEventListener('abort', cancel))
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
