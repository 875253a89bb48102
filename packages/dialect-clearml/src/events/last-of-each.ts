/** From the first to the last iteration between which a series went back to what it had passed. */
export interface Span {
  from: number
  to: number
}

/** Watches the iterations of a series, in the order in which they were reported. */
export function watchForRepeats() {
  let highest = Number.NEGATIVE_INFINITY
  let span: Span | null = null
  return {
    see(iteration: number): void {
      if (iteration > highest) highest = iteration
      else span = { from: Math.min(span?.from ?? iteration, iteration), to: highest }
    },
    /** Only within it can there be several points of one iteration; null: there are none. */
    span: (): Span | null => span,
  }
}

/**
 * Of several points of one iteration, passes on the last that was reported: a run that is resumed reports again what it
 * had reported since its last checkpoint. Only the points within the span are held in memory.
 */
export function lastOfEach({ from, to }: Span, pass: (x: number, y: number) => void) {
  const xs = new Map<number, number>()
  const ys = new Map<number, number>()
  return {
    add(iteration: number, x: number, y: number): void {
      if (iteration < from || iteration > to) pass(x, y)
      else {
        xs.set(iteration, x)
        ys.set(iteration, y)
      }
    },
    end(): void {
      for (const [iteration, x] of xs) pass(x, ys.get(iteration) as number)
    },
  }
}
