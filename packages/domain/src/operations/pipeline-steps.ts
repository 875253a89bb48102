import type { Ports } from '../ports.ts'
import type { DetailedTask } from '../task-details.ts'

/** ClearML's type of a task that runs others as its steps. */
const controllerType = 'controller'

/** The tasks that are steps of this one; none where it is no controller. */
export const stepsOf = async ({ tasks }: Pick<Ports, 'tasks'>, { type, company, id }: DetailedTask) =>
  type === controllerType ? tasks.listChildren(company, id) : []
