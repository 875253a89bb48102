import { spawn } from 'node:child_process'

/** Thrown for what a person must do; the message is all they see. */
export class SetupError extends Error {
  name = 'SetupError'
}

/**
 * Runs the steps in order and says what each one did and how long it took. A step answers what it did, or null when
 * there was nothing to do, which costs no line.
 *
 * @param {{ title: string, run: () => Promise<string | null> }[]} steps
 * @param {NodeJS.WritableStream} out
 */
export async function runSteps(steps, out) {
  for (const { title, run } of steps) {
    const startedAt = Date.now()
    // Without this, a step that downloads for a minute looks like a program that hangs.
    const slow = setTimeout(() => out.write(`  ${title} ...\n`), 500)
    try {
      const did = await run()
      if (did !== null) out.write(`  ${title}: ${did} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)\n`)
    } finally {
      clearTimeout(slow)
    }
  }
}

/**
 * Runs a program quietly; what it wrote is shown only when it fails.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string }} [options]
 * @returns {Promise<string>} its standard output
 */
export function runQuietly(command, args, { env = process.env, cwd } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let both = ''
    child.stdout.on('data', (chunk) => {
      stdout += chunk
      both += chunk
    })
    child.stderr.on('data', (chunk) => {
      both += chunk
    })
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(stdout)
      const shown = both.trimEnd().split('\n').slice(-40).join('\n')
      reject(new SetupError(`${shown}\n\n"${command} ${args.join(' ')}" ended with ${signal ?? `code ${code}`}`))
    })
  })
}
