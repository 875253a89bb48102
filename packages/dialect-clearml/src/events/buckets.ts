/**
 * Points of one series by their place on the x axis: as they are while there are few, and then in buckets of equal
 * width, so that there are never more than `most`. The same for any order of the points.
 */
export class Buckets {
  readonly #most: number
  readonly #first: number
  #last: number
  #width = 1
  #sums = new Map<number, { sum: number; count: number }>()

  /** `first` and `last`: where points are expected, in whole numbers; others may come. */
  constructor({ most, first, last }: { most: number; first: number; last: number }) {
    this.#most = most
    this.#first = first
    this.#last = last
  }

  add(x: number, y: number, count = 1): void {
    const start = this.#first + Math.floor((x - this.#first) / this.#width) * this.#width
    const bucket = this.#sums.get(start)
    if (bucket === undefined) this.#sums.set(start, { sum: y, count })
    else {
      bucket.sum += y
      bucket.count += count
    }
    if (this.#sums.size > this.#most) this.#widen()
  }

  /** In the order of x. */
  read(): { x: number[]; y: number[] } {
    const sorted = [...this.#sums].sort(([one], [other]) => one - other)
    return { x: sorted.map(([x]) => x), y: sorted.map(([, { sum, count }]) => sum / count) }
  }

  /** Once this is usually enough: where the points are is known before. */
  #widen(): void {
    const before = this.#sums
    for (const x of before.keys()) this.#last = Math.max(this.#last, x)
    const fitting = Math.ceil((this.#last - this.#first + 1) / this.#most)
    this.#width = this.#width === 1 ? Math.max(fitting, 2) : this.#width * 2
    this.#sums = new Map()
    for (const [x, { sum, count }] of before) this.add(x, sum, count)
  }
}
