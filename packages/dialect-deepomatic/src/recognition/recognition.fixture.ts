import type { ImageModelDescription } from '@inferq/contracts'
import { until } from '@inferq/testkit'
import type { Call } from '../call.ts'
import { startDeepomatic } from '../testing/deepomatic.fixture.ts'

export interface Caller {
  readonly call: Call
  send(
    method: string,
    path: string,
    body?: object,
    // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came back
  ): Promise<{ status: number; data: any }>
  /** What was made; throws unless it was. */
  // biome-ignore lint/suspicious/noExplicitAny: the same
  create(path: string, body: object): Promise<any>
  /** As a worker of this company does; ends when it is public. */
  announce(...models: ImageModelDescription[]): Promise<void>
}

/** A caller with a company of its own. */
export async function startCaller(): Promise<Caller> {
  const { call: request, services, secretKey, announce } = await startDeepomatic()
  const send: Caller['send'] = async (method, path, body) => {
    const { status, body: data, text } = await request(method, path, { body })
    return { status, data: status === 204 ? text : data }
  }
  return {
    call: { services, caller: await services.authenticate(secretKey) },
    send,
    async create(path, body) {
      const { status, data } = await send('POST', path, body)
      if (status !== 201) throw new Error(`${path} answered ${status}: ${JSON.stringify(data)}`)
      return data
    },
    async announce(...models) {
      await announce(...models)
      const wanted = models.map(({ name }) => name)
      const arePublic = async () => {
        const { data } = await send('GET', '/recognition/public')
        const names = data.results.map(({ name }: { name: string }) => name)
        return wanted.every((name) => names.includes(name))
      }
      await until(arePublic, { what: `${wanted} to be public` })
    },
  }
}

/** What a worker says of a model that tells these apart. */
export const describedModel = (
  name: string,
  labels: readonly string[],
  changes: Partial<ImageModelDescription> = {},
): ImageModelDescription => ({
  ...{ v: 1, name, job: 'classify.image', exclusive: true },
  labels: labels.map((label, id) => ({ id, name: label })),
  ...changes,
})

export const outputsOf = (labels: readonly object[], roi = 'NONE', exclusive = true) => [
  { labels: { roi, exclusive, labels } },
]
