/** Gathers what belongs to a clip, for one clip after another, and hands it over when a later one begins. */
export class ClipByClip<Gathered> {
  readonly #begin: () => Gathered
  readonly #end: (gathered: Gathered, clip: number) => void | Promise<void>
  #clip: number
  #gathered: Gathered

  /** `first` is the number of the first clip to be gathered for. */
  constructor(first: number, begin: () => Gathered, end: (gathered: Gathered, clip: number) => void | Promise<void>) {
    this.#begin = begin
    this.#end = end
    this.#clip = first
    this.#gathered = begin()
  }

  async of(clip: number): Promise<Gathered> {
    await this.endBefore(clip)
    return this.#gathered
  }

  /** Nothing more comes for the clips before this one. */
  async endBefore(clip: number): Promise<void> {
    while (this.#clip < clip) {
      const gathered = this.#gathered
      this.#gathered = this.#begin()
      await this.#end(gathered, this.#clip++)
    }
  }
}
