import { z } from 'zod'
import { get, rootUrl, type Server } from './server.ts'

export interface ServerLimits {
  readonly maxBatchItems: number
  readonly maxBatchTokens: number
  readonly maxTextTokens: number
}

/** Those of text-embeddings-inference, which other servers stand as well. */
export const defaultServerLimits: ServerLimits = {
  maxBatchItems: 32,
  maxBatchTokens: 16_384,
  maxTextTokens: Number.POSITIVE_INFINITY,
}

const Info = z.object({
  max_client_batch_size: z.number().int().positive(),
  max_batch_tokens: z.number().int().positive(),
  max_input_length: z.number().int().positive(),
})

/** What the server says it takes at once; the defaults if it answers but does not say (only TEI has `/info`). */
export async function readServerLimits(server: Server, signal: AbortSignal): Promise<ServerLimits> {
  const { status, body } = await get(server, `${rootUrl(server)}/info`, signal)
  if (status !== 200) return defaultServerLimits
  try {
    const info = Info.parse(JSON.parse(body))
    return {
      maxBatchItems: info.max_client_batch_size,
      maxBatchTokens: info.max_batch_tokens,
      maxTextTokens: info.max_input_length,
    }
  } catch {
    return defaultServerLimits
  }
}
