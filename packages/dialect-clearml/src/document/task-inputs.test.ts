import { inlineInputBytes } from '@inferq/contracts'
import { DomainError, type FileStore } from '@inferq/domain'
import { describe, expect, it } from 'vitest'
import { ApiError } from '../errors/api-error.ts'
import { type TaskInputs, withInputs } from './task-inputs.ts'

const large = JSON.stringify('x'.repeat(inlineInputBytes))

function memoryFiles() {
  const kept = new Map<string, string>()
  const files: FileStore = {
    put: async (key, data) => void kept.set(key, String(data)),
    getText: async (key) => kept.get(key) ?? null,
    delete: async (key) => void kept.delete(key),
  }
  return { files, kept }
}

const placeThen = (fail: () => void) => (files: FileStore) =>
  withInputs(
    files,
    'task',
    async (inputs) => {
      const placed = inputs.place(large)
      fail()
      return placed
    },
    ({ inputKey }) => inputKey,
  )

describe('withInputs', () => {
  it('keeps a small input in the row', async () => {
    const { files, kept } = memoryFiles()
    const placed = await withInputs(
      files,
      'task',
      async (inputs) => inputs.place('{}'),
      ({ inputKey }) => inputKey,
    )
    expect(placed).toEqual({ input: '{}', inputKey: null })
    expect(kept.size).toBe(0)
  })

  it('writes a large input to a file of its own before the work goes through', async () => {
    const { files, kept } = memoryFiles()
    const placed = await placeThen(() => {})(files)
    expect(placed).toEqual({ input: null, inputKey: expect.stringMatching(/^inputs\/task-[0-9a-f]{16}\.json$/) })
    expect(kept.get(placed.inputKey as string)).toBe(large)
  })

  it('leaves no file of work that is refused', async () => {
    const { files, kept } = memoryFiles()
    const refusal = new ApiError('invalidTaskStatus')
    const refuse = () => {
      throw refusal
    }
    await expect(placeThen(refuse)(files)).rejects.toBe(refusal)
    expect(kept.size).toBe(0)
  })

  it('leaves the file of work that ended in a fault, since the row may name it', async () => {
    const { files, kept } = memoryFiles()
    const fault = new DomainError('STORE_UNREACHABLE', 'the database could not be reached')
    const fail = () => {
      throw fault
    }
    await expect(placeThen(fail)(files)).rejects.toBe(fault)
    expect(kept.size).toBe(1)
  })

  it('reads a file of a row, once, and starts the work again with it', async () => {
    const { files, kept } = memoryFiles()
    kept.set('inputs/a.json', '[1]')
    let starts = 0
    const read = (inputs: TaskInputs) => inputs.textOf({ input: null, inputKey: 'inputs/a.json' })
    const work = async (inputs: TaskInputs) => {
      starts += 1
      return [read(inputs), read(inputs)]
    }
    expect(await withInputs(files, 'task', work, () => null)).toEqual(['[1]', '[1]'])
    expect(starts).toBe(2)
  })
})
