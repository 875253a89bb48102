import { spawn } from 'node:child_process'
import { root } from './root.ts'

/**
 * Runs a program on our terminal and answers its exit code. Signals are passed on, so what a person stops ends before
 * we do.
 */
export function runProgram(command: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<number> {
  const [program, ...args] = command
  const child = spawn(program as string, args, { cwd: root, env, stdio: 'inherit' })
  const forward = (signal: NodeJS.Signals) => void child.kill(signal)
  const signals = ['SIGINT', 'SIGTERM'] as const
  for (const signal of signals) process.on(signal, forward)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      for (const each of signals) process.off(each, forward)
      resolve(code ?? (signal === 'SIGINT' ? 130 : 143))
    })
  })
}
