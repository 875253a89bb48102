import { embeddingOptions } from '@inferq/contracts'
import { z } from 'zod'
import type { Findings } from './findings.ts'

/** The parts of a file that is kept: this word, the length of the header, the header as JSON, and vectors of 32-bit numbers. */
const mark = Buffer.from('IQM1')
const lengthBytes = 4
const numberBytes = Float32Array.BYTES_PER_ELEMENT

const Header = z.object({
  /** Of which work it is. */
  of: z.string(),
  dimensions: z.int().min(1),
  areAllClips: z.boolean(),
  clips: z.array(z.tuple([z.number(), z.number()])),
  /** How many clips are done, and which of them have no vector. */
  options: z.array(
    z.object({ option: z.enum(embeddingOptions), done: z.int().min(0), without: z.array(z.int().min(0)) }),
  ),
  hasShown: z.boolean(),
})

export interface Work {
  /** Tells apart what must not be mixed: other models, another medium, another window. */
  readonly of: string
  readonly dimensions: number
}

export function writeFindings({ of, dimensions }: Work, findings: Findings): Uint8Array {
  const { clips, areAllClips, shown } = findings
  const options = [...findings.vectors].map(([option, vectors]) => ({
    option,
    done: vectors.length,
    without: vectors.flatMap((vector, clip) => (vector ? [] : [clip])),
  }))
  const header = headerBytes({
    ...{ of, dimensions, areAllClips, options },
    // While clips are still being found, the next attempt finds those again whose pictures are not embedded yet.
    clips: clips
      .slice(0, areAllClips ? clips.length : findings.vectors.get('visual')?.length)
      .map(({ startSec, endSec }) => [startSec, endSec]),
    hasShown: shown !== null,
  })
  const vectors = [...findings.vectors.values(), [shown]].flat().filter((vector) => vector !== null)
  const bytes = new Uint8Array(header.length + vectors.length * dimensions * numberBytes)
  bytes.set(header)
  const numbers = new Float32Array(bytes.buffer, header.length)
  for (const [i, vector] of vectors.entries()) numbers.set(vector, i * dimensions)
  return bytes
}

/** Null for what is not of this work, or cannot be read: then all is done from the beginning. */
export function readFindings(work: Work, bytes: Uint8Array): Findings | null {
  const header = readHeader(bytes)
  if (header?.of !== work.of || header.dimensions !== work.dimensions) return null
  const { dimensions, options, areAllClips, hasShown } = header
  const clips = header.clips.map(([startSec, endSec]) => ({ startSec, endSec }))
  if (options.some(({ done }) => done > clips.length)) return null
  // A copy: what was read may lie at an odd place in its memory, where there can be no numbers.
  const numbers = new Float32Array(new Uint8Array(bytes.subarray(header.length)).buffer)
  let read = 0
  const next = () => {
    read += dimensions
    return numbers.subarray(read - dimensions, read)
  }
  const vectors = new Map(
    options.map(({ option, done, without }) => {
      const lacking = new Set(without)
      return [option, Array.from({ length: done }, (_, clip) => (lacking.has(clip) ? null : next()))]
    }),
  )
  const shown = hasShown ? next() : null
  return read === numbers.length ? { clips, areAllClips, vectors, shown } : null
}

function headerBytes(header: z.input<typeof Header>): Uint8Array {
  const text = Buffer.from(JSON.stringify(header))
  // Spaces to its end, so that numbers begin where there can be such.
  const length = Math.ceil(text.length / numberBytes) * numberBytes
  const bytes = Buffer.alloc(mark.length + lengthBytes + length, ' ')
  mark.copy(bytes)
  bytes.writeUInt32LE(length, mark.length)
  text.copy(bytes, mark.length + lengthBytes)
  return bytes
}

function readHeader(bytes: Uint8Array): (z.output<typeof Header> & { length: number }) | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const start = mark.length + lengthBytes
  if (buffer.length < start || !buffer.subarray(0, mark.length).equals(mark)) return null
  const length = start + buffer.readUInt32LE(mark.length)
  if (length > buffer.length || (buffer.length - length) % numberBytes !== 0) return null
  try {
    const header = Header.safeParse(JSON.parse(buffer.toString('utf8', start, length)))
    return header.success ? { ...header.data, length } : null
  } catch {
    return null
  }
}
