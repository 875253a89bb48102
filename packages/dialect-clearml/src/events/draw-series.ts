import type { Series, SeriesChunk } from '@inferq/domain'
import { isoDate } from '../document/iso-date.ts'
import { Buckets } from './buckets.ts'

export type Axis = 'iter' | 'timestamp' | 'iso_time'
export type Curve = { name: string; x: (number | string)[]; y: number[] }

/**
 * Takes the chunks of series and makes curves of them, of at most so many points each. One series after the other: only
 * the one that is being read has its buckets in memory.
 */
export function drawSeries(all: readonly Series[], key: Axis, most: number) {
  const byId = new Map(all.map((series) => [series.id, series]))
  const curves = new Map<string, Curve>()
  let present: { series: Series; buckets: Buckets } | undefined

  function finish(): void {
    if (!present) return
    const { series, buckets } = present
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
        present = { series, buckets: new Buckets({ most, ...rangeOf(series, key) }) }
      }
      const xs = key === 'iter' ? chunk.iterations : chunk.times
      for (const [index, x] of xs.entries()) present.buckets.add(x, chunk.values[index] as number)
    },
    /** By the ids of the series. */
    end(): ReadonlyMap<string, Curve> {
      finish()
      return curves
    },
  }
}

const rangeOf = ({ firstIteration, lastIteration, firstAt, lastAt }: Series, key: Axis) =>
  key === 'iter' ? { first: firstIteration, last: lastIteration } : { first: firstAt.getTime(), last: lastAt.getTime() }
