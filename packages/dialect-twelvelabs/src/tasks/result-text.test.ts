import { Readable } from 'node:stream'
import type { ReadFile, Task } from '@inferq/domain'
import { describe, expect, it } from 'vitest'
import { clip, resultOf } from '../testing/media-tasks.fixture.ts'
import { openResult, readFacts } from './result-text.ts'

const facts = { duration_sec: 12.5 }

/** A store that has one file, which comes in pieces of that length; and a task whose result it is. */
function kept(text: string, pieceLength: number) {
  const bodies: Readable[] = []
  async function read(_key: string, range?: { start: number; end: number }): Promise<ReadFile> {
    const bytes = Buffer.from(text).subarray(range?.start, range && range.end + 1)
    const count = Math.ceil(bytes.length / pieceLength)
    const pieces = Array.from({ length: count }, (_, i) => bytes.subarray(i * pieceLength, (i + 1) * pieceLength))
    const body = Readable.from(pieces)
    bodies.push(body)
    return { body, size: Buffer.byteLength(text), modifiedAt: new Date() }
  }
  const files = { read, write: async () => null, delete: async () => {} }
  return { parts: { files }, task: { id: 't', result: null, resultKey: 'results/t.json' } as Task, bodies }
}

describe('a result that is kept as a file', () => {
  const text = JSON.stringify(resultOf(Array.from({ length: 1_000 }, (_, i) => clip({ start_sec: i, end_sec: i + 1 }))))

  it.each([7, 4_096, 65_536, 10_000_000])(
    'is cut where its vectors begin, if it comes in pieces of %i',
    async (length) => {
      const { parts, task } = kept(text, length)
      const opened = await openResult(parts, task)
      expect(opened.facts).toEqual(facts)
      const rest = Buffer.concat(await Array.fromAsync(opened.rest)).toString()
      expect(rest).toBe(text.slice(text.indexOf('[')))
      expect(await readFacts(parts, task)).toEqual(facts)
    },
  )

  it('may have a model of any name', async () => {
    const model = '{"embeddings":[]},\\"é€'
    const { parts, task } = kept(JSON.stringify({ ...resultOf([clip()]), model }), 5)
    const { rest } = await openResult(parts, task)
    expect(Buffer.concat(await Array.fromAsync(rest)).toString()).toBe(`${JSON.stringify([clip()])}}`)
  })

  it('is closed whether it is read to its end or not', async () => {
    const { parts, task, bodies } = kept(text, 4_096)
    await readFacts(parts, task)
    const pieces = (await openResult(parts, task)).rest[Symbol.asyncIterator]()
    await pieces.next()
    await pieces.return?.()
    expect(bodies.map(({ destroyed }) => destroyed)).toEqual([true, true, true])
  })

  it('holds nothing open that nobody begins to read', async () => {
    const { parts, task, bodies } = kept(text, 4_096)
    await openResult(parts, task)
    expect(bodies.map(({ destroyed }) => destroyed)).toEqual([true])
  })

  it.each(['', '{}', '{"embeddings":[]}', 'x"embeddings":[]}', '{"duration_sec":"1","embeddings":[]}'])(
    'is none of a medium when it begins in another way: %s',
    async (other) => {
      const { parts, task, bodies } = kept(other, 4_096)
      expect(await readFacts(parts, task)).toBeNull()
      await expect(openResult(parts, task)).rejects.toThrow('none of a medium')
      expect(bodies.every(({ destroyed }) => destroyed)).toBe(true)
    },
  )
})
