/** Cuts texts into runs that fit both limits; a text that is too long by itself is a run of its own. */
export function cutTexts(
  texts: readonly string[],
  estimateTokens: (text: string) => number,
  { maxBatchItems, maxBatchTokens }: { readonly maxBatchItems: number; readonly maxBatchTokens: number },
): string[][] {
  const runs: string[][] = []
  let run: string[] = []
  let runTokens = 0
  for (const text of texts) {
    const tokens = estimateTokens(text)
    if (run.length > 0 && (run.length >= maxBatchItems || runTokens + tokens > maxBatchTokens)) {
      runs.push(run)
      run = []
      runTokens = 0
    }
    run.push(text)
    runTokens += tokens
  }
  if (run.length > 0) runs.push(run)
  return runs
}
