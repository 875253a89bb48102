import { type PreTrainedModel, Tensor } from '@huggingface/transformers'
import { normalise } from '../vectors.ts'
import { type Pooling, pool } from './pooling.ts'

export interface Network {
  readonly model: PreTrainedModel
  /** Outputs that hold vectors of whole texts, the best first. */
  readonly pooled: readonly string[]
  /** What to do when there are none; null: the model is not what it says it is. */
  readonly pooling: Pooling | null
  readonly padId: number
}

/** One run of the model over texts as token ids, longest first: a vector of length 1 for each. Blocks its thread. */
export async function runModel({ model, pooled, pooling, padId }: Network, tokens: readonly number[][]) {
  const startedAt = performance.now()
  const lengths = tokens.map((ids) => ids.length)
  const longest = lengths[0] ?? 0
  const ids = new BigInt64Array(tokens.length * longest).fill(BigInt(padId))
  const mask = new BigInt64Array(tokens.length * longest)
  for (const [text, row] of tokens.entries()) {
    ids.set(BigInt64Array.from(row, BigInt), text * longest)
    mask.fill(1n, text * longest, text * longest + row.length)
  }
  const shape = [tokens.length, longest]
  const outputs = await model({
    input_ids: new Tensor('int64', ids, shape),
    attention_mask: new Tensor('int64', mask, shape),
  })
  const vectors = vectorsOf(outputs, lengths, { pooled, pooling })
  const elapsedMs = performance.now() - startedAt
  return { vectors, elapsedMs, tokensPerMs: ids.length / elapsedMs }
}

/** A model that pools by itself knows best how; of any other, the vectors of the tokens are pooled here. */
function vectorsOf(
  outputs: Record<string, Tensor>,
  lengths: readonly number[],
  { pooled, pooling }: Pick<Network, 'pooled' | 'pooling'>,
): Float32Array[] {
  const whole = pooled.flatMap((name) => outputs[name] ?? [])[0]
  const output = whole ?? (pooling ? (outputs.last_hidden_state ?? outputs.token_embeddings) : undefined)
  if (!output) throw new Error(`the model gives no vectors; its outputs are ${Object.keys(outputs).join(', ')}`)
  const data = (output.type === 'float32' ? output : output.to('float32')).data as Float32Array
  const width = output.dims.at(-1) as number
  const tokens = output.dims[1] as number
  return lengths.map((length, text) =>
    normalise(
      whole || !pooling
        ? data.slice(text * width, (text + 1) * width)
        : pool(pooling, { data, tokens, width }, text, length),
    ),
  )
}
