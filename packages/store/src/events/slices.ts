/** What one statement may carry: large enough that more would not be faster. */
const sliceRows = 5_000

export function* slices<T>(rows: readonly T[], size = sliceRows): Generator<readonly T[]> {
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size)
}
