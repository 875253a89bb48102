import { signOfLife } from '../document/sign-of-life.ts'
import { defineEndpoint } from '../endpoint.ts'
import { object, text } from '../transport/fields.ts'

/** Says that a task is alive, if there is such a task. */
export const tasksPing = defineEndpoint('tasks.ping', {
  since: '2.1',
  request: object({ task: text }),
  async handle({ services, identity }, { task: id }) {
    const { leaseSeconds } = services.settings
    await services.tasks.changeTask(identity.company, id, (task) => ({ set: signOfLife(task, leaseSeconds) }))
    return {}
  },
})
