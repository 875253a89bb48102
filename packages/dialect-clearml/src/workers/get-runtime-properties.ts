import { defineEndpoint } from '../endpoint.ts'
import { object, text } from '../transport/fields.ts'
import { findAgent } from './own-agent.ts'

/** What people have set on an agent for as long as it is registered; it asks in every round of its loop. */
export const workersGetRuntimeProperties = defineEndpoint('workers.get_runtime_properties', {
  since: '2.4',
  request: object({ worker: text }),
  async handle(call, { worker }) {
    const runtime = (await findAgent(call, worker))?.runtime ?? {}
    return { runtime_properties: Object.entries(runtime).map(([key, value]) => ({ key, value })) }
  },
})
