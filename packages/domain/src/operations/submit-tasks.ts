import { inlineInputBytes, priorities } from '@inferq/contracts'
import { v7 as uuidv7 } from 'uuid'
import { DomainError } from '../errors.ts'
import { isDeliverable, jobOfTask } from '../job-of-task.ts'
import type { InsertedTask, Ports, TaskDraft } from '../ports.ts'
import type { Task } from '../task.ts'
import { checkInput, checkModel } from './check-submission.ts'
import { roomIn } from './queue-room.ts'

/** One task as a producer hands it in, whatever language it came in. */
export interface Submission {
  company: string
  user: string
  job: string
  input: unknown
  queue: string
  priority?: number
  name?: string
  tags?: readonly string[]
  expiresInSeconds?: number
  attempts?: number
  traceparent?: string
  idempotency?: { key: string; bodyHash: string }
}

export type SubmitAnswer = { task: Task; replayed: boolean } | { error: DomainError }

/**
 * Records tasks and puts them on their queues: one insert and one add for all of them, an answer for each. A task
 * that is answered is committed; if Redis could not be reached the reconciler delivers it later. Nothing is stored
 * for a submission that is refused.
 */
export async function submitTasks(ports: Ports, submissions: readonly Submission[]): Promise<SubmitAnswer[]> {
  const checked = await Promise.all(submissions.map((submission) => settle(() => draftOf(ports, submission))))
  const admitted = await refuseWhereFull(ports, checked)
  const drafts = admitted.filter(isDraft)
  const inserted = drafts.length === 0 ? [] : await ports.tasks.insertTasks(drafts)
  await deliver(ports, inserted)
  let next = 0
  return admitted.map((item) =>
    item instanceof DomainError ? { error: item } : answerOf(inserted[next++] as InsertedTask, item),
  )
}

async function draftOf(ports: Ports, submission: Submission): Promise<TaskDraft> {
  const checked = checkInput(submission.job, submission.input)
  if (checked.job.modelOf?.(checked.input) !== undefined) {
    checkModel(checked, await ports.knownModels(submission.company))
  }
  const id = uuidv7().replaceAll('-', '')
  const input = JSON.stringify(checked.input)
  const inputKey = Buffer.byteLength(input) > inlineInputBytes ? `inputs/${id}.json` : null
  if (inputKey) await ports.files.put(inputKey, input)
  return {
    id,
    company: submission.company,
    user: submission.user,
    name: submission.name ?? submission.job,
    job: submission.job,
    queue: submission.queue,
    priority: submission.priority ?? priorities.usual,
    tags: submission.tags ?? [],
    attemptsAllowed: submission.attempts ?? checked.job.attempts,
    input: inputKey ? null : input,
    inputKey,
    traceparent: submission.traceparent ?? null,
    expiresInSeconds: submission.expiresInSeconds ?? null,
    idempotency: submission.idempotency ?? null,
  }
}

async function refuseWhereFull(
  ports: Ports,
  checked: readonly (TaskDraft | DomainError)[],
): Promise<(TaskDraft | DomainError)[]> {
  const room = await roomIn(ports, checked.filter(isDraft))
  const admitted = checked.map((item) => (isDraft(item) ? (room.take(item) ?? item) : item))
  await Promise.all(checked.map((item, index) => (admitted[index] === item ? undefined : dropInput(ports, item))))
  return admitted
}

/** A refused submission leaves nothing behind, its file included. */
async function dropInput({ files }: Ports, item: TaskDraft | DomainError): Promise<void> {
  if (isDraft(item) && item.inputKey) await files.delete(item.inputKey)
}

const isDraft = (item: TaskDraft | DomainError): item is TaskDraft => !(item instanceof DomainError)

async function deliver(ports: Ports, inserted: readonly InsertedTask[]): Promise<void> {
  const jobs = inserted.flatMap((answer) =>
    answer.kind === 'inserted' && isDeliverable(answer.task) ? [jobOfTask(answer.task)] : [],
  )
  if (jobs.length === 0) return
  // The rows are committed, so the producers get their 2xx either way; the reconciler finds rows without a job.
  await ports.line.addJobs(jobs).catch((cause) => ports.onDeferred('jobs not added', cause))
}

function answerOf(inserted: InsertedTask, { idempotency, queue }: TaskDraft): SubmitAnswer {
  switch (inserted.kind) {
    case 'inserted':
      return { task: inserted.task, replayed: false }
    case 'replayed':
      return { task: inserted.task, replayed: true }
    case 'key_reused':
      return {
        error: new DomainError(
          'IDEMPOTENCY_KEY_REUSED',
          `the idempotency key "${idempotency?.key}" was used before with another body; use a new key for a new task`,
        ),
      }
    case 'too_many_queues':
      return {
        error: new DomainError('TOO_MANY_QUEUES', `queue "${queue}" would be one queue too many; use an existing one`),
      }
  }
}

async function settle(make: () => Promise<TaskDraft>): Promise<TaskDraft | DomainError> {
  try {
    return await make()
  } catch (error) {
    if (error instanceof DomainError) return error
    throw error
  }
}
