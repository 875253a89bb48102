import { newTaskId } from '@inferq/domain'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { storeTask } from '../testing/stored-task.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const item = (name: string) => ({ name, value: `value of ${name}`, type: 'yaml' })
const storeConfigured = () => storeTask(clearml, { configuration: { b: item('b'), a: item('a'), 'c.d': item('c.d') } })

describe('tasks.get_configurations', () => {
  it('success: lists the configurations of each task by name', async () => {
    const { id } = await storeConfigured()
    const none = await storeTask(clearml)
    expect(await clearml.ok('tasks.get_configurations', { tasks: [id, none.id] })).toEqual({
      configurations: [
        { task: id, configuration: [item('a'), item('b'), item('c.d')] },
        { task: none.id, configuration: [] },
      ],
    })
  })

  it('success: names restrict the answer', async () => {
    const { id } = await storeConfigured()
    const request = { tasks: [id], names: ['c.d', 'b', 'nothing'] }
    expect(await clearml.ok('tasks.get_configurations', request)).toEqual({
      configurations: [{ task: id, configuration: [item('b'), item('c.d')] }],
    })
  })

  it("success: a job's input is among them, wherever it is kept", async () => {
    const input = JSON.stringify({ texts: ['x'.repeat(70_000)] })
    await clearml.ports.files.put('test/configured.json', input)
    const { id } = await storeTask(clearml, { job: 'embed.text', inputKey: 'test/configured.json' })
    expect(await clearml.ok('tasks.get_configurations', { tasks: [id], names: ['input'] })).toEqual({
      configurations: [{ task: id, configuration: [{ name: 'input', type: 'json', value: input }] }],
    })
  })

  it('refusal: one unknown task among known ones refuses the whole call', async () => {
    const { id } = await storeConfigured()
    const answer = await clearml.call('tasks.get_configurations', { tasks: [id, newTaskId()] })
    expect(answer).toMatchObject({ status: 400, subcode: 101, data: {} })
  })

  it.each([[{}], [{ tasks: [] }], [{ tasks: ['a'], names: 'b' }], [{ tasks: ['a'], names: [1] }]])(
    'wrong input: %j',
    async (request) => {
      expect(await clearml.call('tasks.get_configurations', request)).toMatchObject({ status: 400, subcode: 12 })
    },
  )
})
