import { parentPort } from 'node:worker_threads'
import type { ErrorMessage, FromThread, ToThread } from './messages.ts'

export interface Served<Loaded, Request, Answer> {
  readonly loaded: Loaded
  /** `null` once `isCancelled` says so. `transfer`: memory of the answer that is handed over, not copied. */
  handle(
    request: Request,
    isCancelled: () => boolean,
  ): Promise<{ readonly answer: Answer; readonly transfer: ArrayBuffer[] } | null>
  dispose(): Promise<unknown>
}

export interface ThreadDuties<Loaded, Request, Answer> {
  load(): Promise<Served<Loaded, Request, Answer>>
  describeLoadError(error: unknown): ErrorMessage
  describeCallError(error: unknown): ErrorMessage
  /** Calls are handled one after the other, unless they may overlap. */
  readonly mayOverlap?: boolean
}

/**
 * The other end of `startThread`. What a thread imports decides how fast it starts, so nothing here imports the contracts
 * but as types.
 */
export async function serveThread<Loaded, Request, Answer>(
  duties: ThreadDuties<Loaded, Request, Answer>,
): Promise<void> {
  const port = parentPort
  if (!port) throw new Error('this is for worker threads')
  const send = (message: FromThread<Loaded, Answer>, transfer: ArrayBuffer[] = []) =>
    port.postMessage(message, transfer)

  async function answer(served: Served<Loaded, Request, Answer>, message: ToThread<Request>): Promise<void> {
    if (message.type === 'close') {
      await served.dispose()
      port?.close()
      return
    }
    try {
      const done = await served.handle(message.request, () => Atomics.load(message.cancelled, 0) === 1)
      if (done) send({ type: 'answered', id: message.id, answer: done.answer }, done.transfer)
    } catch (error) {
      send({ type: 'failed', id: message.id, error: duties.describeCallError(error) })
    }
  }

  try {
    const served = await duties.load()
    let last = Promise.resolve()
    port.on('message', (message: ToThread<Request>) => {
      if (duties.mayOverlap) answer(served, message)
      else last = last.then(() => answer(served, message))
    })
    send({ type: 'loaded', loaded: served.loaded })
  } catch (error) {
    send({ type: 'load-failed', error: duties.describeLoadError(error) })
  }
}
