import type { FoundRegion } from '../engine.ts'
import type { Area, RawRegion } from './messages.ts'

/** From fractions of what the model saw to fractions of the whole image; a box that has nothing in the image goes. */
export function regionsOfWhole(regions: readonly RawRegion[], seen: Area): FoundRegion[] {
  return regions.flatMap(({ area, labels }) => {
    const [xmin, xmax] = within(seen.left, seen.width, area.left, area.width)
    const [ymin, ymax] = within(seen.top, seen.height, area.top, area.height)
    return xmin < xmax && ymin < ymax ? [{ box: { xmin, ymin, xmax, ymax }, labels }] : []
  })
}

/** No further than what was seen: of what is beyond it, the model can only guess. */
function within(seenStart: number, seenLength: number, start: number, length: number): [from: number, to: number] {
  const at = (fraction: number) => seenStart + Math.min(1, Math.max(0, fraction)) * seenLength
  return [Math.min(1, at(start)), Math.min(1, at(start + length))]
}
