import { type BatchAnswer, BatchAnswer as BatchAnswerSchema, SubmitBatch, SubmitTask } from '@inferq/contracts'
import { DomainError, fieldIssues, type Submission } from '@inferq/domain'
import { errorBody, statusOf } from '../errors.ts'
import { type NativeRoute, refusals } from '../route.ts'
import { submissionOf } from '../submission.ts'
import { taskView } from '../task-view.ts'

export const tasksCreateBatch: NativeRoute = (app, services) => {
  app.post(
    '/tasks/batch',
    {
      schema: {
        summary: 'Hand in up to 1,000 tasks',
        description: 'Each item is answered by itself: `status` 201 with the task, or 4xx with the error.',
        tags: ['tasks'],
        body: SubmitBatch,
        response: { 200: BatchAnswerSchema, ...refusals },
      },
    },
    async ({ body, caller }): Promise<BatchAnswer> => {
      const items = body.tasks.map((item, index): Submission | DomainError => {
        const parsed = SubmitTask.safeParse(item)
        if (parsed.success) return submissionOf(caller, parsed.data)
        const issues = fieldIssues(parsed.error.issues, `tasks[${index}]`)
        return new DomainError('REQUEST_INVALID', 'the task is not valid', { issues })
      })
      const submissions = items.filter((item): item is Submission => !(item instanceof DomainError))
      const answers = await services.operations.submitTasks(submissions)
      let next = 0
      return {
        items: items.map((item) => {
          if (item instanceof DomainError) return refused(item)
          const answer = answers[next++] as (typeof answers)[number]
          if ('error' in answer) return refused(answer.error)
          services.metrics.submitted.inc({ job: item.job })
          return { status: 201, task: taskView(answer.task) }
        }),
      }
    },
  )
}

const refused = (error: DomainError) => ({ status: statusOf[error.code], ...errorBody(error) })
