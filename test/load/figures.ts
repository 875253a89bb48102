type Measured = readonly [what: string, rate: () => Promise<number>]

export interface Comparison {
  rounds: number
  unit: string
  baseline: Measured
  ours: Measured
  say: (line: string) => void
}

/**
 * Measures both in turn, several times, and answers the median of the ratios: a machine whose speed drifts between
 * rounds moves both figures of a round alike.
 */
export async function compare({ rounds, unit, baseline, ours, say }: Comparison): Promise<number> {
  const ratios: number[] = []
  for (let round = 1; round <= rounds; round++) {
    const base = await baseline[1]()
    const own = await ours[1]()
    ratios.push(own / base)
    say(
      `  round ${round}: ${baseline[0]} ${base.toFixed(0)} ${unit}; ${ours[0]} ${own.toFixed(0)} ${unit}; ${(own / base).toFixed(2)}`,
    )
  }
  const ratio = percentile(ratios, 0.5)
  say(`  ratio ${ratio.toFixed(2)}`)
  return ratio
}

export const percentiles = (figures: readonly number[]) => ({
  p50: percentile(figures, 0.5),
  p95: percentile(figures, 0.95),
  p99: percentile(figures, 0.99),
})

function percentile(figures: readonly number[], share: number): number {
  const sorted = [...figures].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) * share)] as number
}
