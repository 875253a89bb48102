import { JobError } from '@inferq/contracts'
import type { EngineHealth } from '../engine.ts'

interface Mortal {
  readonly ended: Promise<void>
  close(): Promise<void>
}

/** A thread that is started when it is needed, and anew after it failed to start or died. */
export class RestartedThread<Thread extends Mortal> {
  readonly #model: string
  readonly #start: () => Promise<Thread>
  #thread: Promise<Thread> | undefined
  #health: EngineHealth = 'starting'
  #isClosed = false

  constructor(model: string, start: () => Promise<Thread>) {
    this.#model = model
    this.#start = start
  }

  /** The running thread, or a new one. */
  running(): Promise<Thread> {
    if (this.#isClosed)
      return Promise.reject(new JobError('ENGINE_UNAVAILABLE', `the engine of "${this.#model}" is closed`))
    this.#thread ??= this.#launch().catch((error) => {
      this.#forget()
      throw error
    })
    return this.#thread
  }

  /** Starts the thread again if it has died: whoever asks is about to need it. */
  health(): EngineHealth {
    if (!this.#isClosed) this.running().catch(() => {})
    return this.#health
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#health = 'down'
    const thread = await this.#thread?.catch(() => undefined)
    await thread?.close()
  }

  async #launch(): Promise<Thread> {
    this.#health = 'starting'
    const thread = await this.#start()
    if (!this.#isClosed) this.#health = 'ready'
    thread.ended.then(() => this.#forget())
    return thread
  }

  #forget(): void {
    this.#thread = undefined
    this.#health = 'down'
  }
}
