import { join } from 'node:path'
import { JobError } from '@inferq/contracts'
import { untilAborted } from '../abort.ts'
import { type EngineHealth, type Sound, silentLog } from '../engine.ts'
import { locateModel } from '../onnx/locate.ts'
import type { ModelThreadOptions } from '../onnx/messages.ts'
import type { OnnxEngineOptions } from '../onnx/onnx-engine.ts'
import { RestartedThread } from '../threads/restarted-thread.ts'
import type { Thread } from '../threads/start-thread.ts'
import type { LoadedSoundModel, SoundsRequest } from './messages.ts'

export type SoundEngineOptions = Omit<OnnxEngineOptions, 'maxBatchItems' | 'maxBatchTokens'>
export type StartSoundThread<Loaded, Answer> = (
  options: ModelThreadOptions,
) => Promise<Thread<Loaded, SoundsRequest, Answer>>

/** What engines that listen have in common: a model in a thread of its own, which sounds are sent to. */
export interface SoundModel<Loaded, Answer> {
  readonly loaded: Loaded
  health(): Promise<EngineHealth>
  listen(
    sounds: readonly Sound[],
    signal: AbortSignal,
  ): Promise<{ readonly answer: Answer; readonly preparingMs: number; readonly computingMs: number }>
  close(): Promise<void>
}

/** Rejects when the model cannot be loaded. */
export async function openSoundModel<Loaded extends LoadedSoundModel, Answer extends { readonly computingMs: number }>(
  { model, source, modelsDir, log = silentLog, ...settings }: SoundEngineOptions,
  start: StartSoundThread<Loaded, Answer>,
): Promise<SoundModel<Loaded, Answer>> {
  const cacheDir = settings.cacheDir ?? join(modelsDir, 'hub')
  const thread = new RestartedThread(model, async () => {
    const location = await locateModel(source, modelsDir, log)
    return start({ ...settings, model, location, cacheDir })
  })
  const { loaded } = await thread.running()
  const { failedDevices, ...known } = loaded
  for (const failed of failedDevices) log.warn({ model, ...failed }, 'device does not work')
  log.info({ model, ...known }, 'model loaded')

  return {
    loaded,
    health: async () => thread.health(),
    close: () => thread.close(),

    async listen(sounds, signal) {
      const startedAt = performance.now()
      signal.throwIfAborted()
      for (const [i, sound] of sounds.entries()) refuseLongSound(sound, i + 1, loaded)
      const { call } = await untilAborted(thread.running(), signal)
      // Copies, since what a view is sent with is all of the memory behind it.
      const copies = sounds.map((sound) => new Float32Array(sound))
      const transfer = copies.map(({ buffer }) => buffer)
      const answer = await untilAborted(call({ sounds: copies }, signal, transfer), signal)
      const { computingMs } = answer
      return { answer, computingMs, preparingMs: Math.max(0, performance.now() - startedAt - computingMs) }
    },
  }
}

function refuseLongSound(sound: Sound, place: number, { sampleRate, maxSeconds }: LoadedSoundModel): void {
  if (sound.length <= maxSeconds * sampleRate) return
  throw new JobError('INPUT_TOO_LARGE', `sound ${place} is longer than the ${maxSeconds} s that the model takes`)
}
