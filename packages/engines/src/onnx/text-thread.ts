import { startThread, type Thread } from '../threads/start-thread.ts'
import type { EmbedRequest, LoadedModel, ModelThreadOptions } from './messages.ts'
import type { Embedded } from './text-model.ts'

/** A thread that holds one loaded model. */
export type TextThread = Thread<LoadedModel, EmbedRequest, Embedded>

/** Starts a thread and loads the model in it. Rejects when that fails. */
export const startTextThread = (options: ModelThreadOptions): Promise<TextThread> =>
  startThread({
    main: new URL('./text-thread-main.ts', import.meta.url),
    name: `inferq ${options.model}`,
    purpose: `ran the model "${options.model}"`,
    options,
  })
