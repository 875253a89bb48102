import type { Hypothesis } from '@inferq/contracts'

export interface Split<Item> {
  predicted: Item[]
  discarded: Item[]
}

export interface SplitOptions {
  /** Without it whatever is below its threshold is dropped before anything is counted. */
  show_discarded: boolean
  /** How many of both lists together are kept. */
  max_predictions: number
}

/**
 * Parts what a model thinks of one image into what reaches its threshold, equality included, and what does not: the
 * highest scores first, ties by rising label id. Nothing else in Inferq decides this.
 */
export function split<Item extends Hypothesis>(
  hypotheses: Iterable<Item>,
  { show_discarded, max_predictions }: SplitOptions,
): Split<Item> {
  const wanted: Item[] = []
  for (const item of hypotheses) if (show_discarded || isPredicted(item)) wanted.push(item)
  const kept = wanted.sort(byScore).slice(0, max_predictions)
  return { predicted: kept.filter(isPredicted), discarded: kept.filter((item) => !isPredicted(item)) }
}

const isPredicted = ({ score, threshold }: Hypothesis): boolean => score >= threshold
const byScore = (a: Hypothesis, b: Hypothesis): number => b.score - a.score || a.label_id - b.label_id
