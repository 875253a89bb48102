import { JobError, type ModelSource } from '@inferq/contracts'

interface Closable {
  close(): Promise<void>
}

/** The engines of one kind, each opened once, when it is first asked for. */
export class EngineSet<Engine extends Closable> {
  readonly #models: readonly ModelSource[]
  readonly #open: (source: ModelSource) => Promise<Engine>
  readonly #loading = new Map<string, Promise<Engine>>()
  readonly #loaded = new Map<string, Engine>()
  #isClosed = false

  /** The first of the models is the default. */
  constructor(models: readonly ModelSource[], open: (source: ModelSource) => Promise<Engine>) {
    this.#models = models
    this.#open = open
  }

  async get(model?: string): Promise<Engine> {
    if (this.#isClosed) throw new JobError('ENGINE_UNAVAILABLE', 'the engines are closed')
    const source = this.#find(model)
    const known = this.#loading.get(source.name) ?? this.#load(source)
    this.#loading.set(source.name, known)
    return known
  }

  loaded(name: string): Engine | undefined {
    return this.#loaded.get(name)
  }

  /** Those that are loaded, in the order of the models. */
  allLoaded(): Engine[] {
    return this.#models.flatMap(({ name }) => this.#loaded.get(name) ?? [])
  }

  async close(): Promise<void> {
    this.#isClosed = true
    const engines = await Promise.allSettled(this.#loading.values())
    await Promise.all(engines.map((engine) => (engine.status === 'fulfilled' ? engine.value.close() : undefined)))
  }

  async #load(source: ModelSource): Promise<Engine> {
    try {
      const engine = await this.#open(source)
      this.#loaded.set(source.name, engine)
      return engine
    } catch (error) {
      // The next caller tries again: a hub that was away comes back, a folder gets its file.
      this.#loading.delete(source.name)
      throw error
    }
  }

  #find(name: string | undefined): ModelSource {
    const found = name === undefined ? this.#models[0] : this.#models.find((model) => model.name === name)
    if (found) return found
    const known = this.#models.map((model) => model.name).join(', ') || 'none'
    const asked = name === undefined ? 'there is no default model' : `there is no model "${name}"`
    throw new JobError('MODEL_UNKNOWN', `${asked}; this worker has: ${known}`)
  }
}
