/** From one iteration to another, both included. */
export interface Span {
  from: number
  to: number
}

/** Where these iterations, which follow on others of which `highest` was the highest, go back to what was passed. */
export function repeatsIn(iterations: readonly number[], highest: number): Span | null {
  let top = highest
  let span = null as Span | null
  for (const iteration of iterations) {
    if (iteration > top) top = iteration
    else span = { from: Math.min(span?.from ?? iteration, iteration), to: top }
  }
  return span
}
