import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { expectOwnOnly, makeTask, readTask, setStatus } from '../testing/tasks.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const add = (task: string, artifacts: object[]) => clearml.call('tasks.add_or_update_artifacts', { task, artifacts })
const artifactsOf = async (task: string) => (await readTask(clearml, task)).execution.artifacts

describe('tasks.add_or_update_artifacts', () => {
  it('success: adds by key and mode, replaces the whole artifact, and orders by key', async () => {
    const task = await makeTask(clearml)
    const whole = {
      uri: 'u',
      hash: 'h',
      content_size: 5,
      timestamp: 7,
      type_data: { preview: 'p', content_type: 'c', data_hash: 'd' },
    }
    expect(
      await add(task, [
        { key: 'b', type: 't', ...whole },
        { key: 'a', type: 't', mode: 'input' },
      ]),
    ).toMatchObject({
      data: { updated: 1 },
    })
    expect(await artifactsOf(task)).toEqual([
      { key: 'a', mode: 'input', type: 't' },
      { key: 'b', mode: 'output', type: 't', ...whole },
    ])
    await add(task, [
      { key: 'b', type: 'other' },
      { key: 'a', type: 'output too' },
    ])
    expect(await artifactsOf(task)).toEqual([
      { key: 'a', mode: 'input', type: 't' },
      { key: 'a', mode: 'output', type: 'output too' },
      { key: 'b', mode: 'output', type: 'other' },
    ])
  })

  it('success: while the task is in progress too, and leaves the rest of the execution', async () => {
    const task = await makeTask(clearml, { execution: { framework: 'none' } })
    await setStatus(clearml, task, 'in_progress')
    expect(await add(task, [{ key: 'a', type: 't' }])).toMatchObject({ status: 200 })
    expect((await readTask(clearml, task)).execution).toMatchObject({ framework: 'none', artifacts: [{ key: 'a' }] })
  })

  it('success: artifacts that many add at once all stay', async () => {
    const task = await makeTask(clearml)
    const keys = Array.from({ length: 10 }, (_, index) => `a${index}`)
    await Promise.all(keys.map((key) => add(task, [{ key, type: 't' }])))
    expect((await artifactsOf(task)).map(({ key }: { key: string }) => key)).toEqual(keys)
  })

  it('refusal: any other status, whatever force says', async () => {
    const task = await makeTask(clearml)
    await setStatus(clearml, task, 'completed')
    const request = { task, artifacts: [{ key: 'a', type: 't' }], force: true }
    expect(await clearml.call('tasks.add_or_update_artifacts', request)).toMatchObject({ status: 400, subcode: 110 })
    expect(await artifactsOf(task)).toEqual([])
  })

  it("refusal: an unknown task, another company's, and a public one", async () => {
    await expectOwnOnly(clearml, 'tasks.add_or_update_artifacts', (task) => ({
      task,
      artifacts: [{ key: 'a', type: 't' }],
    }))
  })

  it.each([
    ['no artifacts', []],
    ['no key', [{ type: 't' }]],
    ['no type', [{ key: 'a' }]],
    ['an unknown mode', [{ key: 'a', type: 't', mode: 'both' }]],
    ['an unknown key', [{ key: 'a', type: 't', extra: 1 }]],
    ['a size that is no number', [{ key: 'a', type: 't', content_size: 'large' }]],
  ])('wrong input: %s', async (_what, artifacts) => {
    expect(await add(await makeTask(clearml), artifacts)).toMatchObject({ status: 400, subcode: 12 })
  })
})
