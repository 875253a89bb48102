import type { Sound } from '../engine.ts'

export const tone = (hertz: number, seconds: number, sampleRate: number, loudness = 0.3): Sound =>
  Float32Array.from(
    { length: Math.round(seconds * sampleRate) },
    (_, i) => loudness * Math.sin((2 * Math.PI * hertz * i) / sampleRate),
  )

/** The same noise on every machine. */
export function noise(seconds: number, sampleRate: number, loudness = 0.3): Sound {
  let state = 1
  return Float32Array.from({ length: Math.round(seconds * sampleRate) }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
    return (state / 2 ** 31) * loudness
  })
}

export const hush = (seconds: number, sampleRate: number): Sound => new Float32Array(Math.round(seconds * sampleRate))
