import type { JsonText } from '@inferq/contracts'
import type { OpenedResult } from './result-text.ts'

/** An answer with these fields, and the embeddings as `data`, piece by piece as JSON text. */
export async function* writeResult(fields: object, { rest }: OpenedResult): AsyncGenerator<JsonText | Uint8Array> {
  // The brace that ends the result ends the answer.
  const head = JSON.stringify(fields).slice(0, -1)
  yield `${head}${head === '{' ? '' : ','}"data":`
  yield* rest
}
