import { rmSync } from 'node:fs'
import { mkdtemp, realpath } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TempDir extends AsyncDisposable {
  readonly path: string
  remove(): void
}

const made = new Set<string>()

/** A new empty folder, removed by `remove()`, at the end of an `await using` block, or when this process exits. */
export async function tempDir(purpose = 'test'): Promise<TempDir> {
  const path = await realpath(await mkdtemp(join(tmpdir(), `inferq-${purpose}-`)))
  if (made.size === 0) process.once('exit', removeTempDirs)
  made.add(path)
  const remove = () => {
    made.delete(path)
    rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
  }
  return { path, remove, [Symbol.asyncDispose]: async () => remove() }
}

/** Removes the folders of `tempDir` that are still there. */
export function removeTempDirs(): void {
  for (const path of made) rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
}
