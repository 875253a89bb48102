import type { Call } from '../call.ts'
import { activeSeconds } from '../document/active-seconds.ts'

/** A task whose model was written has come as far as this iteration. Nothing happens if the task is gone. */
export async function noteIteration({ services, identity }: Call, task: string, iteration: number): Promise<void> {
  await services.tasks.changeTask(identity.company, task, (present) => ({
    set: { lastIteration: Math.max(present.lastIteration, iteration), ...activeSeconds(present) },
  }))
}
