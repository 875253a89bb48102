import type { Call } from '../call.ts'
import { changeOwnTask } from './change-own-task.ts'
import { hyperparamsOf, isProperties, storedSection } from './parts/hyperparams.ts'
import { requireOpenParameters } from './require-status.ts'
import type { Hyperparams } from './schemas.ts'

/**
 * Changes the parameters of a task. Properties may change whatever its status is, and are no update of its work, as
 * long as all items are properties; else it must be a draft, or with force in progress.
 */
export async function changeParameters<Item extends { section: string }>(
  call: Call,
  id: string,
  force: boolean,
  given: readonly Item[],
  change: (present: Hyperparams, items: readonly Item[]) => Hyperparams,
): Promise<void> {
  const onlyProperties = given.every(({ section }) => isProperties(section))
  const items = given.map((item) => ({ ...item, section: storedSection(item.section) }))
  await changeOwnTask(call, id, (task) => {
    if (!onlyProperties) requireOpenParameters(task, force)
    const hyperparams = change(hyperparamsOf(task), items)
    return { set: { hyperparams }, counts: onlyProperties ? 'edit' : 'update' }
  })
}
