import { defineEndpoint } from '../endpoint.ts'
import { ApiError } from '../errors/api-error.ts'
import { list, object, text } from '../transport/fields.ts'
import { findAgent } from './own-agent.ts'

/** Sets each property that is given; the others stay. They do not count as a sign of life. */
export const workersSetRuntimeProperties = defineEndpoint('workers.set_runtime_properties', {
  since: '2.4',
  request: object({ worker: text, runtime_properties: list(object({ key: text.min(1), value: text })) }),
  async handle(call, { worker, runtime_properties }) {
    const agent = await findAgent(call, worker)
    if (!agent) throw new ApiError('invalidWorkerId', '', { worker })
    const given = Object.fromEntries(runtime_properties.map(({ key, value }) => [key, value]))
    await call.services.agents.put({ ...agent, runtime: { ...agent.runtime, ...given } })
    return {}
  },
})
