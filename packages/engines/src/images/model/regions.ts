import type { RawRegion } from '../messages.ts'
import { type Outputs, rowOf } from './outputs.ts'
import { sigmoid, softmax } from './scores.ts'

/** A label below this score is not worth naming: there would be one region for each thing that is not there. */
const minScore = 0.01
const maxLabelsPerRegion = 10

type Labels = RawRegion['labels']

/** The labels that come into question for a thing, the likeliest first; ties by rising id. */
const likeliest = (labels: Labels): Labels =>
  labels
    .filter(({ score }) => score >= minScore)
    .sort((a, b) => b.score - a.score || a.id - b.id)
    .slice(0, maxLabelsPerRegion)

/**
 * Of networks like DETR and YOLOS: for each of a fixed number of things the logits of all labels, and a box by its middle
 * and size. Some have one logit more, the last, for "nothing"; in the others each label is scored for itself.
 */
export const regionsOfQueries =
  (hasNothing: boolean) =>
  ({ logits, pred_boxes: boxes }: Outputs, index: number): RawRegion[] => {
    if (!logits || !boxes) throw new Error('the model gives no boxes')
    const [queries = 0, width = 0] = logits.dims.slice(1)
    const [allLogits, allBoxes] = [rowOf(logits, index), rowOf(boxes, index)]
    return Array.from({ length: queries }, (_, query) => {
      const ofThing = allLogits.subarray(query * width, (query + 1) * width)
      const scores = hasNothing ? softmax(ofThing).subarray(0, -1) : sigmoid(ofThing)
      const labels = Array.from(scores, (score, id) => ({ id, score }))
      return { area: areaAround(allBoxes.subarray(query * 4, query * 4 + 4)), labels: likeliest(labels) }
    }).filter(({ labels }) => labels.length > 0)
  }

function areaAround([x = 0, y = 0, width = 0, height = 0]: Iterable<number> & ArrayLike<number>): RawRegion['area'] {
  return { left: x - width / 2, top: y - height / 2, width, height }
}

/**
 * Of networks that mark the middle of things, as the built-in one: peaks by falling score, each with the score, the label
 * and the box (left, top, right, bottom).
 */
export function regionsOfPeaks({ peak_scores, peak_labels, peak_boxes }: Outputs, index: number): RawRegion[] {
  if (!peak_scores || !peak_labels || !peak_boxes) throw new Error('the model gives no boxes')
  const [labels, boxes] = [rowOf(peak_labels, index), rowOf(peak_boxes, index)]
  const peaks = Array.from(rowOf(peak_scores, index), (score, peak) => {
    const [left = 0, top = 0, right = 0, bottom = 0] = boxes.subarray(peak * 4, peak * 4 + 4)
    return { area: { left, top, width: right - left, height: bottom - top }, label: { id: labels[peak] ?? 0, score } }
  })
  return merged(peaks.filter(({ label }) => label.score >= minScore))
}

interface Peak {
  readonly area: RawRegion['area']
  readonly label: Labels[number]
}

/** How much of two boxes together is in both: from here on they are two names for one thing. */
const sameThing = 0.9
/** From here on two boxes with the same label are one thing, found twice. */
const foundTwice = 0.5

/** By falling score: a peak is a new thing, another label of one, or one that was found already. */
function merged(peaks: readonly Peak[]): RawRegion[] {
  const regions: { area: RawRegion['area']; labels: Labels[number][] }[] = []
  for (const { area, label } of peaks) {
    const hasLabel = ({ labels }: RawRegion) => labels.some(({ id }) => id === label.id)
    if (regions.some((region) => hasLabel(region) && overlap(region.area, area) > foundTwice)) continue
    const same = regions.find((region) => overlap(region.area, area) > sameThing)
    if (same) same.labels.push(label)
    else regions.push({ area, labels: [label] })
  }
  return regions.map(({ area, labels }) => ({ area, labels: likeliest(labels) }))
}

function overlap(a: RawRegion['area'], b: RawRegion['area']): number {
  const width = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left)
  const height = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top)
  const shared = Math.max(0, width) * Math.max(0, height)
  return shared / (a.width * a.height + b.width * b.height - shared)
}
