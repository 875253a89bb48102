import { setImmediate as turn } from 'node:timers/promises'
import type { MediaEmbedding, MediaResult } from '@inferq/contracts'
import { JsonInPieces } from '../json-in-pieces.ts'
import { toNumbers } from '../to-numbers.ts'
import type { Entry } from './entries.ts'
import { exactSeconds } from './seconds.ts'

/** A millisecond or two of work at 512 numbers each; the event loop has others to serve. */
const entriesPerPiece = 16

/**
 * Four hours in clips of a second are half a gigabyte of numbers, so the result is written piece by piece. There is no
 * look at it afterwards: its parts are looked at while they are written.
 */
export function mediaResult(facts: Omit<MediaResult, 'embeddings'>, entries: Iterable<Entry>): JsonInPieces {
  async function* pieces(): AsyncGenerator<string, void> {
    let text = `${JSON.stringify(facts).slice(0, -1)},"embeddings":[`
    let written = 0
    for (const entry of entries) {
      if (written > 0) text += ','
      text += JSON.stringify(embeddingOf(entry))
      if (++written % entriesPerPiece !== 0) continue
      yield text
      text = ''
      await turn()
    }
    yield `${text}]}`
  }
  return new JsonInPieces(pieces())
}

const embeddingOf = ({ option, scope, span, vector }: Entry): MediaEmbedding => ({
  embedding_option: option,
  embedding_scope: scope,
  start_sec: exactSeconds(span.startSec),
  end_sec: exactSeconds(span.endSec),
  embedding: toNumbers(vector),
})
