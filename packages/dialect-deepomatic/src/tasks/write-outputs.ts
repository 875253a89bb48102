import { type BoxedHypothesis, classifyImage, detectImage, type Hypothesis, type JsonText } from '@inferq/contracts'
import { writeFloat } from './write-float.ts'

/** What recognition jobs answered, as this language has it: one output for each image. */
export function writeOutputs(job: typeof classifyImage.name | typeof detectImage.name, result: JsonText): JsonText {
  const { images } = (job === 'detect.image' ? detectImage : classifyImage).result.parse(JSON.parse(result))
  const outputs = images.map(
    ({ predicted, discarded }) =>
      `{"labels":{"predicted":${writeLabels(predicted)},"discarded":${writeLabels(discarded)}}}`,
  )
  return `{"outputs":[${outputs.join(',')}]}`
}

export const isRecognition = (job: string | null): job is typeof classifyImage.name | typeof detectImage.name =>
  job === classifyImage.name || job === detectImage.name

const writeLabels = (labels: readonly (Hypothesis | BoxedHypothesis)[]): JsonText => `[${labels.map(writeLabel)}]`

function writeLabel(label: Hypothesis | BoxedHypothesis): JsonText {
  const { label_id, label_name, score, threshold } = label
  const roi = 'box' in label ? `"roi":${writeRegion(label)},` : ''
  const name = JSON.stringify(label_name)
  return `{${roi}"label_id":${label_id},"label_name":${name},"score":${writeFloat(score)},"threshold":${writeFloat(threshold)}}`
}

function writeRegion({ region, box }: BoxedHypothesis): JsonText {
  const sides = Object.entries(box).map(([side, value]) => `"${side}":${writeFloat(value)}`)
  return `{"region_id":${region},"bbox":{${sides}}}`
}
