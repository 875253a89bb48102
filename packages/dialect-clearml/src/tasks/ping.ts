import type { DetailedChanges, DetailedTask } from '@inferq/domain'
import { activeSeconds } from '../document/active-seconds.ts'
import { defineEndpoint } from '../endpoint.ts'
import { object, text } from '../transport/fields.ts'

/** Says that a task is alive, if there is such a task. */
export const tasksPing = defineEndpoint('tasks.ping', {
  since: '2.1',
  request: object({ task: text }),
  async handle({ services, identity }, { task: id }) {
    const { leaseSeconds } = services.settings
    await services.tasks.changeTask(identity.company, id, (task) => ({
      set: { ...activeSeconds(task), ...extendedLease(task, leaseSeconds) },
    }))
    return {}
  },
})

/** An agent that took the task and has not started it yet is still at it. */
const extendedLease = ({ leaseUntil }: DetailedTask, seconds: number): Pick<DetailedChanges, 'leaseUntil'> =>
  leaseUntil === null ? {} : { leaseUntil: { secondsFromNow: seconds } }
