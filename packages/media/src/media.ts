import { noTools } from './errors.ts'
import { readFrames } from './frames.ts'
import { probe } from './probe.ts'
import { readSound } from './sound.ts'
import type { MediaTools } from './tools.ts'
import type { Media } from './types.ts'

export interface MediaSettings {
  /** Null: there are none on this machine, and every call fails with ENGINE_UNAVAILABLE. */
  readonly tools: MediaTools | null
  /** A program that writes nothing for so long while it is waited for is killed. One minute when absent. */
  readonly maxSilenceMs?: number
}

export function createMedia({ tools, maxSilenceMs = 60_000 }: MediaSettings): Media {
  const settings = () => {
    if (tools === null) throw noTools()
    return { ...tools, maxSilenceMs }
  }
  return {
    probe: async (path, options) => probe(path, { ...settings(), ...options }),
    async *frames(path, options) {
      yield* readFrames(path, { ...settings(), ...options })
    },
    async *sound(path, options) {
      yield* readSound(path, { ...settings(), ...options })
    },
  }
}
