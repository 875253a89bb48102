import type { Label, LabelChoice } from '@inferq/contracts'

/**
 * Which labels of a model those of a spec are: the ones of the same names. Where a model has two of one name the ids tell
 * which is meant, else it is the first that is left. A spec's label that the model does not have is in `missing`.
 */
export function matchLabels(
  labels: readonly Label[],
  ofModel: readonly Label[],
): { asked: LabelChoice[]; missing: Label[] } {
  const exact = new Set(ofModel.map(keyOf))
  const left = new Map<string, number[]>()
  const named = new Set(labels.map(keyOf))
  for (const label of ofModel) {
    if (named.has(keyOf(label))) continue
    const others = left.get(label.name)
    if (others) others.push(label.id)
    else left.set(label.name, [label.id])
  }
  const asked: LabelChoice[] = []
  const missing: Label[] = []
  for (const label of labels) {
    const of = exact.has(keyOf(label)) ? label.id : left.get(label.name)?.shift()
    if (of === undefined) missing.push(label)
    else asked.push({ of, id: label.id, name: label.name })
  }
  return { asked, missing }
}

/** Whether these are all labels of the model, in its order and under its own ids and names. */
export const areOwn = (labels: readonly Label[], ofModel: readonly Label[]): boolean =>
  labels.length === ofModel.length && labels.every((label, place) => keyOf(label) === keyOf(ofModel[place]))

const keyOf = (label: Label | undefined) => `${label?.id} ${label?.name}`
