import { newTaskId } from '@inferq/domain'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { storeTask } from '../testing/stored-task.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const configuration = {
  b: { name: 'b', value: 'x' },
  a: { name: 'a', value: 'y' },
  empty: { name: 'empty', value: '' },
}

describe('tasks.get_configuration_names', () => {
  it('success: lists the names of each task, sorted, without empty ones', async () => {
    const { id } = await storeTask(clearml, { configuration })
    expect(await clearml.ok('tasks.get_configuration_names', { tasks: [id] })).toEqual({
      configurations: [{ task: id, names: ['a', 'b'] }],
    })
  })

  it('success: lists empty ones when they are not to be skipped', async () => {
    const { id } = await storeTask(clearml, { configuration })
    expect(await clearml.ok('tasks.get_configuration_names', { tasks: [id], skip_empty: false })).toEqual({
      configurations: [{ task: id, names: ['a', 'b', 'empty'] }],
    })
  })

  it('success: leaves out tasks that have none, and those that have only empty ones', async () => {
    const none = await storeTask(clearml)
    const empty = await storeTask(clearml, { configuration: { empty: configuration.empty } })
    expect(await clearml.ok('tasks.get_configuration_names', { tasks: [none.id, empty.id] })).toEqual({
      configurations: [],
    })
  })

  it("success: a job's input is one of them", async () => {
    const { id } = await storeTask(clearml, { job: 'embed.text', input: '{}' })
    expect(await clearml.ok('tasks.get_configuration_names', { tasks: [id] })).toEqual({
      configurations: [{ task: id, names: ['input'] }],
    })
  })

  it('refusal: unknown tasks and those of another company are left out', async () => {
    const foreign = await storeTask(await startClearml(), { configuration })
    const request = { tasks: [newTaskId(), 'no id', foreign.id] }
    expect(await clearml.ok('tasks.get_configuration_names', request)).toEqual({ configurations: [] })
  })

  it.each([[{}], [{ tasks: [] }], [{ tasks: 'a' }], [{ tasks: [1] }]])('wrong input: %j', async (request) => {
    expect(await clearml.call('tasks.get_configuration_names', request)).toMatchObject({ status: 400, subcode: 12 })
  })
})
