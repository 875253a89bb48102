import type { DetailedTask } from '@inferq/domain'
import { describe, expect, it } from 'vitest'
import { taskCollection } from '../query/collection.ts'
import { readSelection } from '../query/selection.ts'
import type { ClearmlServices } from '../services.ts'
import { jobContent } from './job-content.ts'

const task = { job: 'embed.text', input: null, inputKey: 'in', result: null, resultKey: 'out' } as DetailedTask

async function filesReadFor(only_fields: string[], of = task): Promise<string[]> {
  const read: string[] = []
  const files = {
    async getText(key: string) {
      read.push(key)
      return '{}'
    },
  }
  const services = { files } as unknown as ClearmlServices
  await jobContent({ services }, of, readSelection({ only_fields }, taskCollection))
  return read
}

describe('the files of a job', () => {
  it.each<[title: string, only_fields: string[], read: string[]]>([
    ['both for a whole document', [], ['in', 'out']],
    ['none for id and status', ['id', 'status'], []],
    ['the input for its configuration', ['configuration'], ['in']],
    ['none for another configuration', ['configuration.General'], []],
    ['the result for the artifacts', ['execution'], ['out']],
    ['none for the queue', ['execution.queue'], []],
    ['none when both are left out', ['-execution', '-configuration'], []],
  ])('are read only when they are asked for: %s', async (_title, only_fields, read) => {
    expect(await filesReadFor(only_fields)).toEqual(read)
  })

  it('are not read for a task of agents', async () => {
    expect(await filesReadFor([], { ...task, job: null })).toEqual([])
  })
})
