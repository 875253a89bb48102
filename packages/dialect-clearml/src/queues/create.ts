import { defineEndpoint } from '../endpoint.ts'
import { object, text } from '../transport/fields.ts'
import { queueChangesOf, queueFields } from './queue-fields.ts'

export const queuesCreate = defineEndpoint('queues.create', {
  since: '2.4',
  request: object({ name: text, ...queueFields }),
  async handle({ services, identity }, { name, ...fields }) {
    const changes = queueChangesOf({ name, ...fields })
    const { id } = await services.queues.createQueue(identity.company, { ...changes, name: changes.name ?? name })
    return { id }
  },
})
