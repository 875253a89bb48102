import type { Call } from '../call.ts'
import { changeOwnTask } from './change-own-task.ts'
import { artifactsOf, mergeExecution } from './parts/execution.ts'
import { requireDraftOrRunning } from './require-status.ts'
import type { Artifact } from './schemas.ts'

/** Changes the artifacts of a draft or a task in progress; that of others is their result. */
export async function changeArtifacts(
  call: Call,
  id: string,
  change: (present: readonly Artifact[]) => Artifact[],
): Promise<void> {
  await changeOwnTask(call, id, (task) => {
    requireDraftOrRunning(task)
    return { set: { execution: mergeExecution(task, { artifacts: change(artifactsOf(task)) }) } }
  })
}
