import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { ApiError } from '../errors/api-error.ts'
import { requireQueues } from '../queues/require-queue.ts'
import { defaulted, list, object, text, whole } from '../transport/fields.ts'
import { newAgent, usualTimeoutSeconds, workerId } from './own-agent.ts'

/** As long as Redis can be told to remember something, and a date can say it. */
const longestTimeoutSeconds = 10 * 366 * 86_400

/** Registers an agent, or registers it anew. */
export const workersRegister = defineEndpoint('workers.register', {
  since: '2.4',
  request: object({
    worker: workerId,
    timeout: defaulted(whole.pipe(z.number().max(longestTimeoutSeconds)), usualTimeoutSeconds),
    queues: defaulted(list(text), []),
    tags: defaulted(list(text), []),
    system_tags: defaulted(list(text), []),
  }),
  async handle(call, { worker, timeout, queues, tags, system_tags: systemTags }) {
    if (timeout < 0) throw new ApiError('workerRegistrationFailed', 'invalid timeout', { timeout })
    await requireQueues(call, queues)
    await call.services.agents.put({
      ...newAgent(call, worker),
      ...{ queues, tags, systemTags },
      registerTimeoutSeconds: timeout || usualTimeoutSeconds,
    })
    return {}
  },
})
