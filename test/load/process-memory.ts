import { readdirSync, readFileSync } from 'node:fs'

export interface MemoryWatch {
  /** What the process holds now. */
  now(): number
  /** The most that the process has held since it began, and the most that its children held together while watched. */
  stop(): { peakBytes: number; childrenPeakBytes: number }
}

const intervalMs = 200

/** Reads `/proc`, so Linux alone. */
export function watchMemory(pid: number): MemoryWatch {
  let childrenPeakBytes = 0
  const look = () => {
    const sum = childrenOf(pid).reduce((total, child) => total + (bytesOf(child, 'VmRSS') ?? 0), 0)
    childrenPeakBytes = Math.max(childrenPeakBytes, sum)
  }
  const timer = setInterval(look, intervalMs)
  const own = (field: string) => {
    const bytes = bytesOf(pid, field)
    if (bytes === null) throw new Error(`process ${pid} is gone, or this system has no /proc`)
    return bytes
  }
  return {
    now: () => own('VmRSS'),
    stop: () => {
      clearInterval(timer)
      return { peakBytes: own('VmHWM'), childrenPeakBytes }
    },
  }
}

function childrenOf(pid: number): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids
    .filter((child) => /^PPid:\s+(\d+)$/m.exec(readProc(`${child}/status`) ?? '')?.[1] === `${pid}`)
    .map(Number)
}

function bytesOf(pid: number, field: string): number | null {
  const kib = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readProc(`${pid}/status`) ?? '')?.[1]
  return kib === undefined ? null : Number(kib) * 1024
}

function readProc(path: string): string | null {
  try {
    return readFileSync(`/proc/${path}`, 'utf8')
  } catch {
    return null
  }
}
