import type { Series, SeriesChunk } from '@inferq/domain'
import { isoDate } from '../document/iso-date.ts'
import { Buckets } from './buckets.ts'
import { lastOfEach } from './last-of-each.ts'

export type Axis = 'iter' | 'timestamp' | 'iso_time'
export type Curve = { name: string; x: (number | string)[]; y: number[] }

/**
 * Takes the chunks of series and makes curves of them, of at most so many points each. One series after the other: only
 * the one that is being read has its buckets in memory.
 */
export function drawSeries(all: readonly Series[], key: Axis, most: number) {
  const byId = new Map(all.map((series) => [series.id, series]))
  const curves = new Map<string, Curve>()
  let present: Drawing | undefined

  function begin(series: Series) {
    const buckets = new Buckets({ most, ...rangeOf(series, key) })
    return { series, buckets, last: series.repeated && lastOfEach(series.repeated, (x, y) => buckets.add(x, y)) }
  }
  type Drawing = ReturnType<typeof begin>

  function finish(): void {
    if (!present) return
    const { series, buckets, last } = present
    last?.end()
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
      const { buckets, last } = present
      const { iterations, values } = chunk
      const xs = key === 'iter' ? iterations : chunk.times
      for (const [index, x] of xs.entries()) {
        const y = values[index] as number
        if (last) last.add(iterations[index] as number, x, y)
        else buckets.add(x, y)
      }
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
