import type { ImageModelDescription, RecognitionInput } from '@inferq/contracts'
import type { RecognitionSpec, RecognitionVersion } from '@inferq/domain'
import type { Call } from '../call.ts'
import { ApiError } from '../errors/api-error.ts'
import { findPublic, findSpec, findVersion } from './find.ts'
import { areOwn, matchLabels } from './match-labels.ts'
import { offersOf } from './offers.ts'
import { jobOf, Outputs } from './spec-schema.ts'
import { thresholdsOf } from './thresholds.ts'
import { PostProcessing } from './version-schema.ts'

/** What an inference runs: the job, and what goes into its input beside the images. */
export interface Target extends Pick<RecognitionInput, 'labels' | 'thresholds'> {
  job: ImageModelDescription['job']
  model: string
}

/** By what a path names. Throws 404 for what is not there, 400 for what cannot run. */
export async function resolveTarget(call: Call, kind: 'public' | 'specs' | 'versions', id: string): Promise<Target> {
  switch (kind) {
    case 'public': {
      const { model } = await findPublic(call, id)
      return { job: model.job, model: model.name }
    }
    case 'specs': {
      const spec = await findSpec(call, id)
      if (spec.currentVersionId === null) throw new ApiError(400, noCurrentVersion(spec))
      return targetOf(call, spec, await findVersion(call, String(spec.currentVersionId)))
    }
    case 'versions': {
      const version = await findVersion(call, id)
      return targetOf(call, await findSpec(call, String(version.specId)), version)
    }
  }
}

const noCurrentVersion = ({ id }: RecognitionSpec) =>
  `specification ${id} has no current version; make one, or set current_version_id to one that there is`

async function targetOf(call: Call, spec: RecognitionSpec, version: RecognitionVersion): Promise<Target> {
  const [output] = Outputs.parse(spec.outputs)
  const [postProcessing] = version.postProcessings
  const thresholds = thresholdsOf(PostProcessing.parse(postProcessing), output)
  const { labels } = output.labels
  const job = jobOf(output)
  const model = (await offersOf(call)).find(
    (one) => one.model.job === job && one.network.id === version.networkId,
  )?.model
  if (!model)
    throw new ApiError(400, `the model "${version.networkName}" of version ${version.id} is not offered any more`)
  const target = { job, model: model.name, thresholds: [...thresholds] }
  if (areOwn(labels, model.labels)) return target
  const { asked, missing } = matchLabels(labels, model.labels)
  if (missing.length === 0) return { ...target, labels: asked }
  const names = missing.slice(0, 20).map(({ name }) => `"${name}"`)
  throw new ApiError(
    400,
    `the model "${model.name}" of version ${version.id} has not the labels ${names.join(', ')} any more`,
  )
}
