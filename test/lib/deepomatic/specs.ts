import type { DeepomaticSystem } from './system.ts'
import type { Wire } from './wire.ts'

/** The labels of the tiny model, as a specification writes them. */
export const outputs = [
  {
    labels: {
      roi: 'NONE',
      exclusive: true,
      labels: [
        { id: 0, name: 'red' },
        { id: 1, name: 'green' },
        { id: 2, name: 'blue' },
      ],
    },
  },
]

/** The thresholds of the labels above, as a version writes them. */
export const thresholds = (...values: readonly number[]) => [
  { classification: { output_tensor: 'logits', thresholds: values } },
]

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
export async function createSpec(wire: Wire, more: object = {}, end: '' | '/' = '/'): Promise<any> {
  const { status, text, data } = await wire.json('POST', `/recognition/specs${end}`, {
    name: 'colors',
    outputs,
    ...more,
  })
  if (status !== 201) throw new Error(`a specification was answered ${status}: ${text}`)
  return data
}

export async function createVersion(
  { wire, networkId }: Pick<DeepomaticSystem, 'wire' | 'networkId'>,
  fields: { spec_id: number; [more: string]: unknown },
  end: '' | '/' = '/',
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
): Promise<any> {
  const version = { network_id: networkId, post_processings: thresholds(0.025, 0.025, 0.025), ...fields }
  const { status, text, data } = await wire.json('POST', `/recognition/versions${end}`, version)
  if (status !== 201) throw new Error(`a version was answered ${status}: ${text}`)
  return data
}
