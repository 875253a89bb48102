import { defaultThreshold, type ImageModelDescription, JobError, type RecognitionInput } from '@inferq/contracts'
import type { ImageEngine } from '@inferq/engines'

/** A label that a model can give, and from which score on it counts in this task. */
export interface AskedLabel {
  readonly label_id: number
  readonly label_name: string
  readonly threshold: number
}

/**
 * The model's labels in their order, by their ids: how each is answered in this task, null where it is not, with the
 * thresholds of the task or those of the model's kind. Throws ENGINE_REFUSED for a model that cannot do the job,
 * INPUT_INVALID for labels that it does not have, or thresholds that are not one per label.
 */
export function labelsFor(
  { model, descriptions }: Pick<ImageEngine, 'model' | 'descriptions'>,
  job: ImageModelDescription['job'],
  { labels: choices, thresholds }: Pick<RecognitionInput, 'labels' | 'thresholds'>,
): ReadonlyMap<number, AskedLabel | null> {
  const description = descriptions.find((one) => one.job === job)
  if (!description) {
    const can = descriptions.map((one) => one.job).join(' and ')
    throw new JobError('ENGINE_REFUSED', `the model "${model}" cannot do ${job}, only ${can}`)
  }
  const { labels } = description
  const asked = choices ?? labels.map(({ id, name }) => ({ of: id, id, name }))
  if (thresholds && thresholds.length !== asked.length) {
    const whose = choices ? 'the task asks for' : `the model "${model}" has`
    const problem = `there are ${thresholds.length} thresholds, and ${whose} ${asked.length} labels`
    throw new JobError('INPUT_INVALID', `${problem}: give one per label, in their order, or none`)
  }
  const usual = defaultThreshold({ boxes: job === 'detect.image', exclusive: description.exclusive })
  const answers = new Map<number, AskedLabel | null>(labels.map(({ id }) => [id, null]))
  for (const [index, { of, id, name }] of asked.entries()) {
    if (!answers.has(of)) throw new JobError('INPUT_INVALID', `the model "${model}" has no label ${of}`)
    answers.set(of, { label_id: id, label_name: name, threshold: thresholds?.[index] ?? usual })
  }
  return answers
}
