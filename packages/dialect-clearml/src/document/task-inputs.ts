import { randomBytes } from 'node:crypto'
import { inlineInputBytes } from '@inferq/contracts'
import { type DetailedTask, DomainError, type FileStore } from '@inferq/domain'
import { ApiError } from '../errors/api-error.ts'

type Input = Pick<DetailedTask, 'input' | 'inputKey'>

/** The input of one task's job, small or large. */
export interface TaskInputs {
  textOf(task: Input): string | null
  /** Where a text is to be kept: in the row, or in a file that is there already. */
  place(text: string | null): Input
}

/**
 * Decisions on a row are made while it is locked and cannot wait for
 * files; so a file that is missing ends the decision with FileNeeded, and `withInputs` gets it and starts again.
 */
class FiledInputs implements TaskInputs {
  readonly #taskId: string
  readonly #read = new Map<string, string | null>()
  readonly #written = new Map<string, string>()

  constructor(taskId: string) {
    this.#taskId = taskId
  }

  textOf({ input, inputKey }: Input): string | null {
    if (inputKey === null) return input
    const text = this.#read.get(inputKey)
    if (text !== undefined) return text
    throw new FileNeeded(async (files) => void this.#read.set(inputKey, await files.getText(inputKey)))
  }

  place(text: string | null): Input {
    if (text === null || Buffer.byteLength(text) <= inlineInputBytes) return { input: text, inputKey: null }
    const inputKey = this.#written.get(text)
    if (inputKey !== undefined) return { input: null, inputKey }
    const newKey = `inputs/${this.#taskId}-${randomBytes(8).toString('hex')}.json`
    throw new FileNeeded(async (files) => {
      await files.put(newKey, text)
      this.#written.set(text, newKey)
    })
  }

  get written(): string[] {
    return [...this.#written.values()]
  }
}

/** For a task that is only looked at: nothing is read and nothing written. */
export const unkeptInputs: TaskInputs = {
  textOf: ({ input }) => input,
  place: (input) => ({ input, inputKey: null }),
}

class FileNeeded extends Error {
  override readonly name = 'FileNeeded'
  readonly bring: (files: FileStore) => Promise<void>

  constructor(bring: (files: FileStore) => Promise<void>) {
    super('an input is in the file store')
    this.bring = bring
  }
}

/**
 * Runs `work` until it has all files that it needs. What it writes and `keyOf` does not name in the end is deleted, as
 * all of it is after a refusal.
 */
export async function withInputs<Result>(
  files: FileStore,
  taskId: string,
  work: (inputs: TaskInputs) => Promise<Result>,
  keyOf: (result: Result) => string | null | undefined,
): Promise<Result> {
  const inputs = new FiledInputs(taskId)
  const dropAllBut = (kept: string | null | undefined) =>
    Promise.all(inputs.written.filter((key) => key !== kept).map((key) => files.delete(key)))
  for (;;) {
    try {
      const result = await work(inputs)
      await dropAllBut(keyOf(result))
      return result
    } catch (error) {
      if (error instanceof FileNeeded) {
        await error.bring(files)
        continue
      }
      // After a fault nobody knows whether the row was written, and it may name the file.
      if (isRefusal(error)) await dropAllBut(null)
      throw error
    }
  }
}

const isRefusal = (error: unknown): boolean =>
  error instanceof ApiError
    ? error.status < 500
    : error instanceof DomainError && error.kind !== 'unavailable' && error.kind !== 'internal'
