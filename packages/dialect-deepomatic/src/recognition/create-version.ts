import type { RecognitionSpec, RecognitionVersion } from '@inferq/domain'
import type { Call } from '../call.ts'
import { ApiError } from '../errors/api-error.ts'
import { parse } from '../request/parse.ts'
import { matchLabels } from './match-labels.ts'
import { type Offer, offersOf } from './offers.ts'
import { jobOf, type Output, Outputs } from './spec-schema.ts'
import { completed } from './thresholds.ts'
import { VersionToCreate } from './version-schema.ts'

/** Throws 400 that names the field, unless the specification, the model and the thresholds fit together. */
export async function createVersion(call: Call, body: unknown): Promise<RecognitionVersion> {
  const { spec_id, network_id, post_processings } = parse(VersionToCreate, body)
  const { recognition } = call.services
  const { company } = call.caller
  const spec = (await recognition.findSpec(company, spec_id)) ?? noSuchSpec(spec_id)
  const outputs = Outputs.parse(spec.outputs)
  const [output] = outputs
  checkLabels(spec, output, await findNetwork(call, network_id, output))
  if (post_processings.length !== outputs.length) {
    const counts = `${post_processings.length} for ${outputs.length} outputs of the specification`
    throw new ApiError(400, `post_processings: ${counts}; give one for each, in their order`)
  }
  const postProcessings = post_processings.map((one, i) => completed(one, output, `post_processings[${i}]`))
  const version = { specId: spec.id, networkId: network_id, postProcessings }
  return (await recognition.createVersion(company, version)) ?? noSuchSpec(spec_id)
}

function noSuchSpec(id: number): never {
  throw new ApiError(400, `spec_id: there is no specification ${id}`)
}

/** For the job that the output needs. */
async function findNetwork(call: Call, id: number, output: Output): Promise<Offer> {
  const fitting = (await offersOf(call)).filter(({ model }) => model.job === jobOf(output))
  const offer = fitting.find(({ network }) => network.id === id)
  if (offer) return offer
  const some = fitting.slice(0, maxNamed).map(({ network }) => `${network.id} (${network.name})`)
  const usable = some.length > 0 ? `those that do are ${some.join(', ')}` : 'there is none now'
  const gives = output.labels.roi === 'BBOX' ? 'labels with boxes' : 'labels without boxes'
  throw new ApiError(400, `network_id: ${id} is not a network that gives ${gives}; ${usable}`)
}

function checkLabels(spec: RecognitionSpec, output: Output, { network, model }: Offer): void {
  const { missing } = matchLabels(output.labels.labels, model.labels)
  if (missing.length === 0) return
  const names = missing.slice(0, maxNamed).map(({ name }) => `"${name}"`)
  const problem = `the model "${network.name}" has not the labels ${names.join(', ')} of specification ${spec.id}`
  throw new ApiError(400, `network_id: ${problem}; labels are matched by their names`)
}

/** More would not make a caller wiser. */
const maxNamed = 20
