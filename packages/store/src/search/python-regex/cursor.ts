import { DomainError } from '@inferq/domain'

/** Reads a pattern code point by code point. */
export class Cursor {
  readonly #characters: readonly string[]
  #at = 0

  constructor(text: string) {
    this.#characters = [...text]
  }

  get position(): number {
    return this.#at
  }

  get isDone(): boolean {
    return this.#at >= this.#characters.length
  }

  peek(ahead = 0): string {
    return this.#characters[this.#at + ahead] ?? ''
  }

  next(): string {
    const found = this.peek()
    this.#at++
    return found
  }

  /** Takes the text if it comes next. */
  take(text: string): boolean {
    if (![...text].every((character, ahead) => this.peek(ahead) === character)) return false
    this.#at += [...text].length
    return true
  }

  /** The longest run of characters that fit, of at most so many. */
  takeWhile(fits: RegExp, most = Number.POSITIVE_INFINITY): string {
    let taken = ''
    while (taken.length < most && this.peek() !== '' && fits.test(this.peek())) taken += this.next()
    return taken
  }

  goBackTo(position: number): void {
    this.#at = position
  }

  fail(why: string, position = this.#at): never {
    throw invalidPattern(`${why} at position ${position}`)
  }
}

export const invalidPattern = (why: string): DomainError =>
  new DomainError('PATTERN_INVALID', `the regular expression is not valid: ${why}`)
