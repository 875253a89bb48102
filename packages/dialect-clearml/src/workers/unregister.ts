import { defineEndpoint } from '../endpoint.ts'
import { object, text } from '../transport/fields.ts'

/** Forgets an agent of the caller's. One that was not registered is forgotten as well. */
export const workersUnregister = defineEndpoint('workers.unregister', {
  since: '2.4',
  request: object({ worker: text }),
  async handle({ services, identity }, { worker }) {
    await services.agents.remove(identity.company, identity.user, worker)
    return {}
  },
})
