import { JobError } from '@inferq/contracts'

interface Closable {
  close(): Promise<void>
}

/** The engines of one kind, each opened once, when it is first asked for. */
export class EngineSet<Engine extends Closable, Model extends { readonly name: string }> {
  readonly #models: readonly Model[]
  readonly #open: (model: Model) => Promise<Engine>
  readonly #loading = new Map<string, Promise<Engine>>()
  readonly #loaded = new Map<string, Engine>()
  #isClosed = false

  /** The first of the models is the default. */
  constructor(models: readonly Model[], open: (model: Model) => Promise<Engine>) {
    this.#models = models
    this.#open = open
  }

  async get(name?: string): Promise<Engine> {
    if (this.#isClosed) throw new JobError('ENGINE_UNAVAILABLE', 'the engines are closed')
    const model = findModel(this.#models, name)
    const known = this.#loading.get(model.name) ?? this.#load(model)
    this.#loading.set(model.name, known)
    return known
  }

  has(name: string): boolean {
    return this.#models.some((model) => model.name === name)
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

  async #load(model: Model): Promise<Engine> {
    try {
      const engine = await this.#open(model)
      this.#loaded.set(model.name, engine)
      return engine
    } catch (error) {
      // The next caller tries again: a hub that was away comes back, a folder gets its file.
      this.#loading.delete(model.name)
      throw error
    }
  }
}

/** The model of that name, or the first one when no name is given. Throws MODEL_UNKNOWN. */
export function findModel<Model extends { readonly name: string }>(models: readonly Model[], name?: string): Model {
  const found = name === undefined ? models[0] : models.find((model) => model.name === name)
  if (found) return found
  const known = models.map((model) => model.name).join(', ') || 'none'
  const asked = name === undefined ? 'there is no default model' : `there is no model "${name}"`
  throw new JobError('MODEL_UNKNOWN', `${asked}; this worker has: ${known}`)
}
