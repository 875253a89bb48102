import type { Series, SeriesChunk } from '@inferq/domain'
import { isoDate } from '../document/iso-date.ts'
import { Buckets } from './buckets.ts'
import { lastOfEach, type Span, watchForRepeats } from './last-of-each.ts'

export type Axis = 'iter' | 'timestamp' | 'iso_time'
export type Curve = { name: string; x: (number | string)[]; y: number[] }

/**
 * Takes the chunks of series and makes curves of them, of at most so many points each. One series after the other: only
 * the one that is being read has its buckets in memory. Of a series with a span in `repeats`, the last point of each
 * iteration counts; of the others all do, and `found` then says which of them need such a span.
 */
export function drawSeries(all: readonly Series[], key: Axis, most: number, repeats: ReadonlyMap<string, Span>) {
  const byId = new Map(all.map((series) => [series.id, series]))
  const curves = new Map<string, Curve>()
  const found = new Map<string, Span>()
  let present: Drawing | undefined

  function begin(series: Series) {
    const buckets = new Buckets({ most, ...rangeOf(series, key) })
    const [watch, span] = [watchForRepeats(), repeats.get(series.id)]
    return { series, buckets, watch, last: span && lastOfEach(span, (x, y) => buckets.add(x, y)) }
  }
  type Drawing = ReturnType<typeof begin>

  function finish(): void {
    if (!present) return
    const { series, buckets, watch, last } = present
    last?.end()
    const span = watch.span()
    if (span) found.set(series.id, span)
    const { x, y } = buckets.read()
    const shown = key === 'iso_time' ? x.map((ms) => isoDate(new Date(ms))) : x
    curves.set(series.id, { name: series.variant, x: shown, y })
    present = undefined
  }

  return {
    add(chunk: SeriesChunk): void {
      const series = byId.get(chunk.series)
      if (!series) return
      if (present?.series !== series) {
        finish()
        present = begin(series)
      }
      const { buckets, watch, last } = present
      const { iterations, values } = chunk
      const xs = key === 'iter' ? iterations : chunk.times
      for (const [index, x] of xs.entries()) {
        const iteration = iterations[index] as number
        const y = values[index] as number
        if (last) last.add(iteration, x, y)
        else {
          watch.see(iteration)
          buckets.add(x, y)
        }
      }
    },
    end(): { curves: ReadonlyMap<string, Curve>; found: ReadonlyMap<string, Span> } {
      finish()
      return { curves, found }
    },
  }
}

const rangeOf = ({ firstIteration, lastIteration, firstAt, lastAt }: Series, key: Axis) =>
  key === 'iter' ? { first: firstIteration, last: lastIteration } : { first: firstAt.getTime(), last: lastAt.getTime() }
