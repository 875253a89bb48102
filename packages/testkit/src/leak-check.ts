import { afterAll } from 'vitest'
import { killAll, runningProcesses } from './processes.ts'
import { removeTempDirs } from './temp-dir.ts'

// Vitest's setup file, so it runs around every test file. Hooks end in reverse order: this one comes last, after the
// file's own have stopped what they started.
afterAll(() => {
  const left = runningProcesses()
  killAll()
  // Vitest ends its processes without their exit handlers.
  removeTempDirs()
  if (left.length > 0) {
    throw new Error(`this file left running: ${left.map(({ name, pid }) => `${name} (${pid})`).join(', ')}`)
  }
})
