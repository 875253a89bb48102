import { setTimeout as sleep } from 'node:timers/promises'
import { echo, JobError } from '@inferq/contracts'
import { defineHandler, type HandlerContext } from '../define-handler.ts'

export const echoHandler = defineHandler(echo, async ({ input, attempt }, context) => {
  const { delay_ms: delayMs = 0, fail = false } = input
  if (delayMs > 0) await wait(delayMs, context)
  if (fail !== false) {
    const { code = 'HANDLER_FAILED', message = 'told to fail', attempts = Infinity } = fail === true ? {} : fail
    if (attempt <= attempts) throw new JobError(code, message)
  }
  return input
})

const progressIntervalMs = 500

async function wait(delayMs: number, { signal, progress }: HandlerContext): Promise<void> {
  let leftMs = delayMs
  for (; leftMs > progressIntervalMs; leftMs -= progressIntervalMs) {
    await sleep(progressIntervalMs, undefined, { signal })
    progress(1 - (leftMs - progressIntervalMs) / delayMs)
  }
  await sleep(leftMs, undefined, { signal })
}
