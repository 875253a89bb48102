import { isLive, maxWaitSeconds, SubmitTask, TaskView } from '@inferq/contracts'
import { formatTraceparent, parseTraceparent } from '@inferq/telemetry'
import { z } from 'zod'
import { hashOf } from '../canonical-json.ts'
import { type NativeRoute, refusals } from '../route.ts'
import { submissionOf } from '../submission.ts'
import { taskView } from '../task-view.ts'
import { whenGone } from '../when-gone.ts'
import { wholeTask } from '../whole-task.ts'

const Headers = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(200)
    .optional()
    .meta({ description: 'The same key and body again: the first answer again. The same key with another body: 409.' }),
  prefer: z
    .string()
    .optional()
    .meta({ description: `\`wait=N\`: answer when the task is done, or after N seconds (at most ${maxWaitSeconds}).` }),
  traceparent: z.string().optional(),
})

export const tasksCreate: NativeRoute = (app, services) => {
  app.post(
    '/tasks',
    {
      schema: {
        summary: 'Hand in a task',
        tags: ['tasks'],
        headers: Headers,
        body: SubmitTask,
        response: {
          200: TaskView.describe('`Prefer: wait`: the task has ended.'),
          201: TaskView.describe('Recorded and queued.'),
          202: TaskView.describe('`Prefer: wait`: the time is up and the task goes on.'),
          ...refusals,
        },
      },
    },
    async ({ body, headers, caller }, reply) => {
      const key = headers['idempotency-key']
      const trace = parseTraceparent(headers.traceparent)
      const answer = await services.submit({
        ...submissionOf(caller, body),
        ...(trace ? { traceparent: formatTraceparent(trace) } : {}),
        ...(key ? { idempotency: { key, bodyHash: hashOf(body) } } : {}),
      })
      if ('error' in answer) throw answer.error
      const { task, replayed } = answer
      if (replayed) reply.header('idempotent-replayed', 'true')
      else services.metrics.submitted.inc({ job: body.job })
      reply.header('location', `/v1/tasks/${task.id}`)
      const waitSeconds = preferredWait(headers.prefer)
      if (waitSeconds === null) return reply.code(201).send(taskView(task))
      const ended = await services.changes.untilEnded(services.operations, {
        company: caller.company,
        id: task.id,
        timeoutMs: waitSeconds * 1_000,
        signal: whenGone(reply),
      })
      reply.code(isLive(ended.status) ? 202 : 200)
      return wholeTask(services, reply, ended)
    },
  )
}

/** RFC 7240; a preference that makes no sense is ignored, as that text asks. */
export function preferredWait(prefer: string | undefined): number | null {
  const match = /(?:^|[,;\s])wait\s*=\s*"?(\d+)"?/i.exec(prefer ?? '')
  return match ? Math.min(Number(match[1]), maxWaitSeconds) : null
}
