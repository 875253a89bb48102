import type { IterationSpan } from '@inferq/domain'

/**
 * Of several points of one iteration, passes on the last that was reported: a run that is resumed reports again what it
 * had reported since its last checkpoint. Only the points within the span are held in memory.
 */
export function lastOfEach({ from, to }: IterationSpan, pass: (x: number, y: number) => void) {
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
