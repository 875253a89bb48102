import { hyperparamsOf, parametersOf } from '../document/parts/hyperparams.ts'
import { defineEndpoint } from '../endpoint.ts'
import { ids, object } from '../transport/fields.ts'
import { requireVisibleTasks } from './visible-tasks.ts'

/** The parameters of several tasks, each sorted by section and name. */
export const tasksGetHyperParams = defineEndpoint('tasks.get_hyper_params', {
  since: '2.9',
  request: object({ tasks: ids }),
  handle: async (call, request) => {
    const tasks = await requireVisibleTasks(call, [...new Set(request.tasks)])
    return { params: tasks.map((task) => ({ task: task.id, hyperparams: parametersOf(hyperparamsOf(task)) })) }
  },
})
