/** Longer lines are cut: nothing that is read for its lines has such. */
const maxLineLength = 4_096

/** Calls back with each line of a text that comes in pieces; give null when it ends. */
export function eachLine(onLine: (line: string) => void): (piece: string | null) => void {
  let rest = ''
  return (piece) => {
    if (piece === null) {
      if (rest !== '') onLine(rest)
      rest = ''
      return
    }
    // Programs that show their progress write over the same line again and again.
    const lines = (rest + piece).split(/[\r\n]/)
    rest = (lines.pop() ?? '').slice(0, maxLineLength)
    for (const line of lines) if (line !== '') onLine(line.slice(0, maxLineLength))
  }
}
