import type { JobName } from '@inferq/contracts'
import { createInputKeeper, type InputKeeper, newTaskId, type Task } from '@inferq/domain'
import type { Call } from './call.ts'
import { passingTag } from './task-tags.ts'

/** What becomes of a request: the job to be run, and its input. */
export interface AskedJob {
  job: JobName
  input: unknown
}

/**
 * Makes one task of what `make` answers, which keeps the media of the request. Whatever is not answered with a task
 * leaves no file behind: clients send a request again after a fault, with its media.
 */
export async function submitTask(
  { services, caller }: Call,
  make: (keeper: InputKeeper) => Promise<AskedJob>,
  { priority, tags = [] }: { priority?: number; tags?: readonly string[] } = {},
): Promise<Task> {
  const id = newTaskId()
  const keeper = createInputKeeper(services.files, id)
  try {
    const { job, input } = await make(keeper)
    const { company, user } = caller
    const answer = await services.submit({
      ...{ id, company, user, job, input, queue: services.settings.queue, tags: [passingTag, ...tags] },
      ...(priority === undefined ? {} : { priority }),
    })
    if ('error' in answer) throw answer.error
    return answer.task
  } catch (error) {
    // What is wrong with the request is what its sender must hear of.
    await keeper.drop().catch(() => {})
    throw error
  }
}
