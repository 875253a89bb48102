/** An answer that took a tenth of a second to find is good for two. */
const patience = 20
const mostAnswers = 1_000

/**
 * Remembers answers for twenty times as long as they took, so that finding them takes at most a twentieth of one
 * connection's time for each question, however often it is asked. Who asks while one is looked for gets the same.
 */
export class SlowAnswers<Answer> {
  readonly #answers = new Map<string, { answer: Promise<Answer>; until: number }>()

  get(question: string, find: () => Promise<Answer>): Promise<Answer> {
    const present = this.#answers.get(question)
    if (present && present.until > performance.now()) return present.answer
    if (this.#answers.size >= mostAnswers) this.#answers.clear()
    const started = performance.now()
    const entry = { answer: find(), until: Number.POSITIVE_INFINITY }
    this.#answers.set(question, entry)
    entry.answer.then(
      () => {
        entry.until = performance.now() + patience * (performance.now() - started)
      },
      () => this.#answers.delete(question),
    )
    return entry.answer
  }
}
