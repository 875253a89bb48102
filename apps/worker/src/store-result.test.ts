import { inlineResultBytes } from '@inferq/contracts'
import { describe, expect, it } from 'vitest'
import { JsonInPieces } from './json-in-pieces.ts'
import { storeResult } from './store-result.ts'
import { fakeFiles, takenJob } from './worker.fixture.ts'

async function* of(...pieces: (string | Error)[]) {
  for (const piece of pieces) {
    if (piece instanceof Error) throw piece
    yield piece
  }
}

describe('a result in pieces', () => {
  it('is in the outcome when all of it is small', async () => {
    const { files, byKey } = fakeFiles()
    const stored = await storeResult(new JsonInPieces(of('{"a":', '[1', ']}')), takenJob({}), files)
    expect(stored).toEqual({ result: '{"a":[1]}' })
    expect(byKey.size).toBe(0)
  })

  it('is in a file as a whole when it is large, under the name of its attempt', async () => {
    const { files, byKey } = fakeFiles()
    const job = takenJob({}, { attempt: 3 })
    const many = Array.from({ length: 7 }, (_, i) => `${i}é`.repeat(inlineResultBytes / 5))
    const resultKey = `results/${job.payload.taskId}-1-3.json`
    expect(await storeResult(new JsonInPieces(of(...many)), job, files)).toEqual({ resultKey })
    expect(String(byKey.get(resultKey))).toBe(many.join(''))
  })

  it('leaves no file when it cannot be made to its end, and fails with what that failed with', async () => {
    const { files, byKey } = fakeFiles()
    const broken = of('x'.repeat(inlineResultBytes + 1), new Error('no number'))
    await expect(storeResult(new JsonInPieces(broken), takenJob({}), files)).rejects.toThrow('no number')
    expect(byKey.size).toBe(0)
  })
})
