import type { RecognitionSpec, RecognitionVersion, SpecSummary, VersionSummary } from '@inferq/domain'
import { wireDate } from '../tasks/wire-date.ts'
import type { Offer } from './offers.ts'
import type { Output } from './spec-schema.ts'

/** A specification as lists have it; asked for alone it also has `outputs`. */
export const specSummary = (spec: SpecSummary) => ({
  id: spec.id,
  name: spec.name,
  description: spec.description,
  update_date: wireDate(spec.updatedAt),
  metadata: spec.metadata,
  current_version_id: spec.currentVersionId,
})

export const specDocument = (spec: RecognitionSpec) => ({ ...specSummary(spec), outputs: spec.outputs })

export const publicSummary = ({ name, network, model }: Offer) => ({
  id: name,
  name: model.name,
  description: descriptionOf(model),
  update_date: wireDate(network.createdAt),
  /** Own versions are made of it. */
  metadata: { network_id: network.id },
})

export const publicDocument = (offer: Offer) => ({ ...publicSummary(offer), outputs: [outputOf(offer)] })

/** A version as lists have it; asked for alone it also has `post_processings`. */
export const versionSummary = (version: VersionSummary) => ({
  id: version.id,
  spec_id: version.specId,
  spec_name: version.specName,
  network_id: version.networkId,
  network_name: version.networkName,
  update_date: wireDate(version.createdAt),
})

export const versionDocument = (version: RecognitionVersion) => ({
  ...versionSummary(version),
  post_processings: version.postProcessings,
})

const descriptionOf = ({ name, job, labels }: Offer['model']) =>
  job === 'detect.image'
    ? `What is where in an image, as ${name} sees it: ${labels.length} labels, each with a box.`
    : `What is in an image, as ${name} sees it: ${labels.length} labels.`

const outputOf = ({ model: { job, exclusive, labels } }: Offer): Output => ({
  labels: {
    roi: job === 'detect.image' ? 'BBOX' : 'NONE',
    exclusive,
    labels: labels.map(({ id, name }) => ({ id, name })),
  },
})
