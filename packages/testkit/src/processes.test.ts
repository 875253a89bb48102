import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startNode } from './node-process.ts'
import { runningProcesses, startProcess } from './processes.ts'
import { tempDir } from './temp-dir.ts'
import { until } from './until.ts'

/** Whether it runs, and is not just a name that nobody has reaped yet. */
function alive(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

describe('a started process', () => {
  it('gives its lines and its exit', async () => {
    const lines: string[] = []
    const command = ['sh', '-c', 'echo one; echo two >&2; printf three; exit 3']
    const child = await startProcess({ name: 'echoes', command, onLine: (line) => lines.push(line) })
    expect(await child.exited).toEqual({ code: 3, signal: null })
    await until(() => lines.length === 3, { what: 'three lines' })
    expect(lines.toSorted()).toEqual(['one', 'three', 'two'])
  })

  it('is killed when it does not stop in time, also while paused', async () => {
    const script = 'trap "" TERM; echo up; while :; do sleep 0.05; done'
    let up = false
    const child = await startProcess({
      name: 'deaf',
      command: ['sh', '-c', script],
      stopGraceMs: 100,
      onLine: () => {
        up = true
      },
    })
    await until(() => up, { what: 'the trap' })
    expect(runningProcesses()).toContainEqual({ name: 'deaf', pid: child.pid })
    child.pause()
    expect(await child.stop()).toEqual({ code: null, signal: 'SIGKILL' })
    expect(runningProcesses()).toEqual([])
  })

  it('is an error when the program does not exist', async () => {
    const starting = startProcess({ name: 'ghost', command: ['/nowhere/ghost'], tie: 'ipc' })
    await expect(starting).rejects.toThrow('could not start ghost')
  })
})

describe('a Node process', () => {
  it.skipIf(process.platform !== 'linux')('ends when its parent is killed', async () => {
    await using dir = await tempDir()
    const child = join(dir.path, 'child.mjs')
    const parent = join(dir.path, 'parent.mjs')
    writeFileSync(child, 'setInterval(() => {}, 1000)')
    writeFileSync(
      parent,
      `import { startNode } from ${JSON.stringify(new URL('./node-process.ts', import.meta.url).href)}
       const child = await startNode({ name: 'child', entry: ${JSON.stringify(child)} })
       console.log(child.pid)`,
    )
    const process_ = spawn(process.execPath, [parent], { stdio: ['ignore', 'pipe', 'inherit'] })
    const pid = Number(String((await once(process_.stdout, 'data'))[0]))
    expect(alive(pid)).toBe(true)
    process_.kill('SIGKILL')
    await until(() => !alive(pid), { what: 'the child to end' })
  })

  it('ends by itself when it has nothing left to do', async () => {
    await using dir = await tempDir()
    const entry = join(dir.path, 'short.mjs')
    writeFileSync(entry, 'console.log("done")')
    const child = await startNode({ name: 'short', entry })
    expect(await child.exited).toEqual({ code: 0, signal: null })
  })
})
