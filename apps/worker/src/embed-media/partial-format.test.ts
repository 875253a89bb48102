import { describe, expect, it } from 'vitest'
import type { Findings } from './findings.ts'
import { readFindings, writeFindings } from './partial-format.ts'

const work = { of: 'ž', dimensions: 2 }
const span = (startSec: number, endSec: number) => ({ startSec, endSec })
const findings: Findings = {
  clips: [span(0.1 + 0.2, 4.004), span(4.004, 9)],
  areAllClips: true,
  vectors: new Map([
    ['visual', [Float32Array.of(0.1, 1), Float32Array.of(2, -0)]],
    ['audio', [null]],
    ['transcription', []],
  ]),
  shown: Float32Array.of(5, 6),
}

describe('what is kept of a medium', () => {
  it('is read as it was written, to the last bit, wherever it lies in memory', () => {
    const bytes = writeFindings(work, findings)
    expect(readFindings(work, bytes)).toEqual(findings)
    const odd = new Uint8Array(bytes.length + 1)
    odd.set(bytes, 1)
    expect(readFindings(work, odd.subarray(1))).toEqual(findings)
    expect(readFindings(work, Buffer.from(bytes))).toEqual(findings)
  })

  it('has only those clips whose pictures are embedded, while clips are still being found', () => {
    const vectors: Findings['vectors'] = new Map([['visual', [Float32Array.of(1, 0)]]])
    const bytes = writeFindings(work, { ...findings, vectors, areAllClips: false })
    expect(readFindings(work, bytes)?.clips).toEqual(findings.clips.slice(0, 1))
  })

  it('is nothing to other work', () => {
    const bytes = writeFindings(work, findings)
    expect(readFindings({ ...work, of: 'z' }, bytes)).toBeNull()
    expect(readFindings({ ...work, dimensions: 1 }, bytes)).toBeNull()
  })

  it('is nothing when a part of it is missing, wherever it was cut off, or something follows', () => {
    const bytes = writeFindings(work, findings)
    for (let length = 0; length < bytes.length; length++)
      expect(readFindings(work, bytes.subarray(0, length))).toBeNull()
    expect(readFindings(work, Buffer.concat([bytes, bytes.subarray(0, 8)]))).toBeNull()
  })
})
