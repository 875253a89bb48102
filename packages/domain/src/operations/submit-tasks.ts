import { priorities, type TaskId } from '@inferq/contracts'
import { DomainError } from '../errors.ts'
import { isDeliverable, jobOfTask } from '../job-of-task.ts'
import { newTaskId } from '../new-task-id.ts'
import type { InsertedTask, Ports, TaskDraft } from '../ports.ts'
import type { Task } from '../task.ts'
import { checkSubmission } from './check-submission.ts'
import { dropFiles, keepInput } from './keep-file.ts'
import { roomIn } from './queue-room.ts'

/** One task as a producer hands it in, whatever language it came in. */
export interface Submission {
  /** Given when files of the task were stored before; see task-files.ts. */
  id?: TaskId
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
  const items = await Promise.all(submissions.map((submission) => settle(() => draftOf(ports, submission))))
  const drafts = items.filter(isDraft)
  const full = await refuseWhereFull(ports, drafts)
  const settled = await insertOrReplay(ports, drafts, full)
  const unused = drafts.filter((draft) => settled.get(draft)?.kind !== 'inserted')
  // What is not recorded leaves nothing behind, its file included.
  const unusedFiles = unused.map(({ inputKey }) => inputKey)
  await Promise.all([deliver(ports, [...settled.values()]), dropFiles(ports, unusedFiles)])
  return items.map((item) => (isDraft(item) ? answerOf(item, settled.get(item), full.get(item)) : { error: item }))
}

async function draftOf(ports: Ports, submission: Submission): Promise<TaskDraft> {
  const id = submission.id ?? newTaskId()
  const checked = await checkSubmission(ports, { ...submission, id }, submission.input)
  const { input, inputKey } = await keepInput(ports, id, JSON.stringify(checked.input))
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
    input,
    inputKey,
    traceparent: submission.traceparent ?? null,
    expiresInSeconds: submission.expiresInSeconds ?? null,
    idempotency: submission.idempotency ?? null,
  }
}

async function refuseWhereFull(ports: Ports, drafts: readonly TaskDraft[]): Promise<Map<TaskDraft, DomainError>> {
  const room = await roomIn(ports, drafts)
  const full = new Map<TaskDraft, DomainError>()
  for (const draft of drafts) {
    const error = room.take(draft)
    if (error) full.set(draft, error)
  }
  return full
}

/** A repeated request is answered as it was before, also while its queue is full: it asks for no new place. */
async function insertOrReplay(
  { tasks }: Ports,
  drafts: readonly TaskDraft[],
  full: ReadonlyMap<TaskDraft, DomainError>,
): Promise<Map<TaskDraft, InsertedTask>> {
  const admitted = drafts.filter((draft) => !full.has(draft))
  const inserted = admitted.length > 0 ? await tasks.insertTasks(admitted) : []
  const settled = new Map(admitted.map((draft, index) => [draft, inserted[index] as InsertedTask]))
  const repeated = drafts.filter((draft) => full.has(draft) && draft.idempotency !== null)
  const replays = repeated.length > 0 ? await tasks.findReplays(repeated) : []
  for (const [index, draft] of repeated.entries()) {
    const replay = replays[index]
    if (replay) settled.set(draft, replay)
  }
  return settled
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

function answerOf(
  { idempotency, queue }: TaskDraft,
  settled: InsertedTask | undefined,
  full: DomainError | undefined,
): SubmitAnswer {
  switch (settled?.kind) {
    case undefined:
      return { error: full as DomainError }
    case 'inserted':
      return { task: settled.task, replayed: false }
    case 'replayed':
      return { task: settled.task, replayed: true }
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
