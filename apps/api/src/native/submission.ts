import { defaultQueueName, type SubmitTask } from '@inferq/contracts'
import type { Credential, Submission } from '@inferq/domain'
import type { z } from 'zod'

/** The native body in the domain's words. */
export const submissionOf = (caller: Credential, body: z.output<typeof SubmitTask>): Submission => ({
  company: caller.company,
  user: caller.user,
  job: body.job,
  input: body.input,
  queue: body.queue ?? defaultQueueName,
  ...(body.priority === undefined ? {} : { priority: body.priority }),
  ...(body.name === undefined ? {} : { name: body.name }),
  ...(body.tags === undefined ? {} : { tags: body.tags }),
  ...(body.expires_in === undefined ? {} : { expiresInSeconds: body.expires_in }),
  ...(body.attempts === undefined ? {} : { attempts: body.attempts }),
})
