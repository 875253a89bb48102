import type { IncomingMessage } from 'node:http'
import { tooLarge } from './check-answer.ts'
import type { Clock } from './clock.ts'
import { networkError } from './network-error.ts'

/** The body, while it keeps coming and is not too large; its connection is gone when this ends, however it does. */
export async function* readBody(
  answer: IncomingMessage,
  { clock, who, maxBytes, idleTimeoutMs }: { clock: Clock; who: string; maxBytes: number; idleTimeoutMs: number },
): AsyncGenerator<Uint8Array> {
  const pieces: AsyncIterable<Uint8Array> = answer
  const waitForPiece = () => clock.startPhase(idleTimeoutMs, who, 'go on')
  let size = 0
  try {
    waitForPiece()
    for await (const piece of pieces) {
      clock.endPhase()
      size += piece.byteLength
      if (size > maxBytes) throw tooLarge(who, maxBytes)
      yield piece
      waitForPiece()
    }
  } catch (error) {
    throw clock.signal.aborted ? clock.signal.reason : networkError(error, who)
  } finally {
    clock.stop()
  }
}
