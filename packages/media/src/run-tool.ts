import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { toolFailed, unreadable } from './errors.ts'
import { eachLine } from './lines.ts'

export interface ToolOptions {
  readonly signal: AbortSignal
  /** It is killed when it writes nothing for so long while somebody waits for it. */
  readonly maxSilenceMs: number
  /** Each line of its log, in order. */
  readonly onLogLine?: (line: string) => void
}

/** A program at work. It is dead when this is disposed of. */
export interface ToolRun extends AsyncDisposable {
  /** The next so many bytes that it writes; fewer only at its end. It works no further ahead than a pipe holds. */
  read(count: number): Promise<Uint8Array>
  /** Whatever it wrote by now, or null at its end. */
  readSome(): Promise<Uint8Array | null>
  /** Waits for its end. Throws when that was no end of its own: an abort, silence, a crash. */
  finish(): Promise<{ readonly isGood: boolean; readonly log: string }>
  /** Settles when no more lines of its log can come, read or unread as what it writes may be. */
  readonly logEnded: Promise<void>
}

const keptLogLines = 20

/**
 * Nothing of ours is given to a program that reads files of strangers. The one variable keeps builds that carry their own
 * C library from loading the system's text converters, which crash in them.
 */
const environment = { GCONV_PATH: '/nonexistent' }

export function startTool(program: string, args: readonly string[], options: ToolOptions): ToolRun {
  const { signal, maxSilenceMs, onLogLine } = options
  signal.throwIfAborted()
  const child = spawn(program, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true })
  let startError: unknown
  let wasSilent = false
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      startError = error
      resolve()
    })
    // Not its `close`, which waits until all that it wrote has been read.
    child.once('exit', () => resolve())
  })
  const kill = () => void child.kill('SIGKILL')
  signal.addEventListener('abort', kill, { once: true })
  void ended.then(() => signal.removeEventListener('abort', kill))

  const lastLines: string[] = []
  const logEnded = readLog(child.stderr, (line) => {
    lastLines.push(line)
    if (lastLines.length > keptLogLines) lastLines.shift()
    onLogLine?.(line)
  })

  const chunks = child.stdout.iterator({ destroyOnReturn: true })
  let rest: Uint8Array = new Uint8Array()

  async function readSome(): Promise<Uint8Array | null> {
    if (rest.length > 0) {
      const bytes = rest
      rest = rest.subarray(rest.length)
      return bytes
    }
    const timer = setTimeout(() => {
      wasSilent = true
      kill()
    }, maxSilenceMs)
    try {
      const next = await chunks.next()
      signal.throwIfAborted()
      return next.done ? null : next.value
    } catch {
      signal.throwIfAborted()
      // It could not be started: `finish` says why.
      return null
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    logEnded,
    readSome,

    async read(count) {
      const bytes = new Uint8Array(count)
      let filled = 0
      while (filled < count) {
        const chunk = await readSome()
        if (chunk === null) break
        const part = chunk.subarray(0, count - filled)
        bytes.set(part, filled)
        filled += part.length
        rest = chunk.subarray(part.length)
      }
      return bytes.subarray(0, filled)
    },

    async finish() {
      await Promise.all([ended, logEnded])
      signal.throwIfAborted()
      const log = lastLines.join('\n')
      if (startError !== undefined) throw toolFailed('the program that reads media could not be started', startError)
      if (wasSilent) throw unreadable('reading this file got stuck', log)
      if (child.signalCode !== null) throw toolFailed(`the program that reads media died of ${child.signalCode}`, log)
      return { isGood: child.exitCode === 0, log }
    },

    async [Symbol.asyncDispose]() {
      kill()
      child.stdout.destroy()
      await ended
    },
  }
}

function readLog(stream: Readable, onLine: (line: string) => void): Promise<void> {
  const take = eachLine(onLine)
  stream.setEncoding('utf8')
  stream.on('data', take)
  return new Promise((resolve) => {
    stream.once('close', () => {
      take(null)
      resolve()
    })
  })
}
