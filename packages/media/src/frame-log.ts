/** What ffmpeg says of a picture before it writes it. */
export interface FrameNote {
  /** Microseconds from where the reading began. */
  readonly pts: number
  readonly sceneScore: number
}

export interface FrameLog {
  /** To be called with each line of the log. */
  onLine(line: string): void
  /** Of the next picture. The log comes by another way than the picture, and may come later. Null: the log has ended. */
  next(): Promise<FrameNote | null>
  end(): void
  /** The errors that it told of, or some of them; empty: none. */
  complaints(): string
}

const scoreLine = /^\[Parsed_metadata_\d+ @ \w+\] \[info\] lavfi\.scene_score=([\d.]+)$/
const timeLine = /^\[Parsed_showinfo_\d+ @ \w+\] \[info\] n: *\d+ pts: *(-?\d+) /

const errorLine = /\[(error|fatal)\] /
const keptComplaints = 20

export function createFrameLog(): FrameLog {
  const notes: FrameNote[] = []
  const errors: string[] = []
  let sceneScore = 0
  let hasEnded = false
  let wake = () => {}
  return {
    onLine(line) {
      if (errorLine.test(line) && errors.length < keptComplaints) errors.push(line)
      const score = scoreLine.exec(line)
      if (score !== null) sceneScore = Number(score[1])
      const time = timeLine.exec(line)
      if (time === null) return
      notes.push({ pts: Number(time[1]), sceneScore })
      sceneScore = 0
      wake()
    },
    async next() {
      while (notes.length === 0 && !hasEnded) await new Promise<void>((resolve) => (wake = resolve))
      return notes.shift() ?? null
    },
    end() {
      hasEnded = true
      wake()
    },
    complaints: () => errors.join('\n'),
  }
}
