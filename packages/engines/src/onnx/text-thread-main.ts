import { parentPort, workerData } from 'node:worker_threads'
import { describeLoadError } from './load-errors.ts'
import { configureLibrary } from './load-model.ts'
import type { ErrorMessage, FromThread, TextThreadOptions, ToThread } from './messages.ts'
import { openTextModel, type TextModel, UnreadableText } from './text-model.ts'

/*
 * The thread of one model: started by text-thread.ts. A run of the model blocks the thread it is in, and the main one
 * has locks to renew. Nothing in here imports the contracts but as types: loading zod would double the time to start.
 */
const port = parentPort
if (!port) throw new Error('this file is the start of a worker thread')
const options = workerData as TextThreadOptions
const send = (message: FromThread, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer)

try {
  configureLibrary(options)
  const model = await openTextModel(options)
  let queue = Promise.resolve()
  port.on('message', (message: ToThread) => {
    queue = queue.then(() => handle(model, message))
  })
  send({ type: 'loaded', model: model.loaded })
} catch (error) {
  send({ type: 'load-failed', error: describeLoadError(error, options) })
}

async function handle(model: TextModel, message: ToThread): Promise<void> {
  if (message.type === 'close') {
    await model.dispose()
    port?.close()
    return
  }
  try {
    const result = await model.embed(message.texts, () => Atomics.load(message.cancelled, 0) === 1)
    if (result) send({ type: 'embedded', id: message.id, ...result }, [result.vectors.buffer])
  } catch (error) {
    send({ type: 'embed-failed', id: message.id, error: describeRunError(error) })
  }
}

function describeRunError(error: unknown): ErrorMessage {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
  if (error instanceof UnreadableText) return { code: 'INPUT_INVALID', message: error.message, detail }
  return { code: 'ENGINE_FAILED', message: `the model "${options.model}" failed on this input`, detail }
}
