import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { dieWithParent } from './die-with-parent.ts'

export interface ProcessOptions {
  /** What people call it; errors and the leak check name it. */
  name: string
  command: readonly string[]
  env?: NodeJS.ProcessEnv
  cwd?: string
  /** Run as another user; only root may. */
  uid?: number
  gid?: number
  /** Called with every line of stdout and stderr. */
  onLine?: (line: string) => void
  stopSignal?: NodeJS.Signals
  /** From the stop signal to SIGKILL. */
  stopGraceMs?: number
  /** `ipc` gives a Node child a channel whose end tells it that we are gone; other programs are tied by the kernel. */
  tie?: 'ipc' | 'kernel'
}

export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
}

export interface ManagedProcess {
  readonly name: string
  readonly pid: number
  /** Settles when the process has ended, for whatever reason. */
  readonly exited: Promise<Exit>
  isRunning(): boolean
  /** The last lines it wrote, for an error message. */
  tail(): string
  /** Asks it to end, and after `stopGraceMs` makes it. */
  stop(): Promise<Exit>
  /** SIGKILL, as a power cut would. */
  kill(): Promise<Exit>
  /** SIGSTOP: it keeps its connections and answers nothing, until `resume`. */
  pause(): void
  resume(): void
}

const running = new Map<number, { name: string; child: ChildProcess }>()

/** Starts a process that this one owns: it is named, can be stopped and killed, and never outlives us. */
export async function startProcess(options: ProcessOptions): Promise<ManagedProcess> {
  const { name, stopSignal = 'SIGTERM', stopGraceMs = 10_000, tie = 'kernel' } = options
  const [program, ...args] = tie === 'kernel' ? dieWithParent(options.command, stopSignal) : options.command
  const child = spawn(program as string, args, spawnOptions(options, tie))
  const exited = new Promise<Exit>((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })))
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', (cause) => reject(new Error(`could not start ${name}: ${cause.message}`, { cause })))
  })
  const pid = child.pid as number
  if (running.size === 0) process.once('exit', killAll)
  running.set(pid, { name, child })
  void exited.then(() => running.delete(pid))

  const lastLines: string[] = []
  const onLine = (line: string) => {
    lastLines.push(line)
    if (lastLines.length > 20) lastLines.shift()
    options.onLine?.(line)
  }
  readLines(child.stdout, onLine)
  readLines(child.stderr, onLine)

  const isRunning = () => child.exitCode === null && child.signalCode === null
  const signal = (which: NodeJS.Signals) => void (isRunning() && child.kill(which))
  return {
    name,
    pid,
    exited,
    isRunning,
    tail: () => lastLines.join('\n'),
    async stop() {
      // A paused process would only see the stop signal after it is resumed.
      signal('SIGCONT')
      signal(stopSignal)
      const timer = setTimeout(() => signal('SIGKILL'), stopGraceMs)
      return exited.finally(() => clearTimeout(timer))
    },
    async kill() {
      signal('SIGKILL')
      return exited
    },
    pause: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
  }
}

/** The processes of `startProcess` that still run: what a test file must have brought to none when it ends. */
export const runningProcesses = (): { name: string; pid: number }[] =>
  [...running].map(([pid, { name }]) => ({ name, pid }))

export function killAll(): void {
  for (const { child } of running.values()) child.kill('SIGKILL')
}

function spawnOptions({ env, cwd, uid, gid }: ProcessOptions, tie: 'ipc' | 'kernel'): SpawnOptions {
  return {
    env: env ?? process.env,
    stdio: tie === 'ipc' ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
    ...(cwd === undefined ? {} : { cwd }),
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
    // Its own group: Ctrl-C in the terminal reaches the owner only, and the owner stops its children in order.
    detached: true,
  }
}

function readLines(stream: NodeJS.ReadableStream | null, onLine: (line: string) => void): void {
  let rest = ''
  stream?.setEncoding('utf8')
  stream?.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) onLine(line)
  })
  stream?.on('end', () => rest !== '' && onLine(rest))
}
