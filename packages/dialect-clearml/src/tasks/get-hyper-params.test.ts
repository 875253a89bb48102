import { newTaskId } from '@inferq/domain'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { storeTask } from '../testing/stored-task.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const item = (section: string, name: string) => ({ section, name, value: `${section}.${name}`, type: 'str' })

describe('tasks.get_hyper_params', () => {
  it('success: lists the parameters of each task by section and name, in the order asked', async () => {
    const one = await storeTask(clearml, {
      hyperparams: {
        b: { 'x.y': item('b', 'x.y'), a: item('b', 'a') },
        General: { z: item('General', 'z') },
      },
    })
    const none = await storeTask(clearml)
    expect(await clearml.ok('tasks.get_hyper_params', { tasks: [none.id, one.id, none.id] })).toEqual({
      params: [
        { task: none.id, hyperparams: [] },
        { task: one.id, hyperparams: [item('General', 'z'), item('b', 'a'), item('b', 'x.y')] },
      ],
    })
  })

  it('success: reads public tasks too', async () => {
    const other = await startClearml()
    const { id } = await storeTask(other, {}, { company: '', companyOrigin: other.company })
    expect(await clearml.ok('tasks.get_hyper_params', { tasks: [id] })).toEqual({
      params: [{ task: id, hyperparams: [] }],
    })
  })

  it('refusal: one unknown task among known ones refuses the whole call', async () => {
    const known = await storeTask(clearml)
    for (const id of [newTaskId(), 'no id', (await storeTask(await startClearml())).id]) {
      const answer = await clearml.call('tasks.get_hyper_params', { tasks: [known.id, id] })
      expect(answer).toMatchObject({ status: 400, subcode: 101, data: {} })
    }
  })

  it.each([[{}], [{ tasks: [] }], [{ tasks: null }], [{ tasks: 'a' }], [{ tasks: [5] }]])(
    'wrong input: %j',
    async (request) => {
      expect(await clearml.call('tasks.get_hyper_params', request)).toMatchObject({ status: 400, subcode: 12 })
    },
  )
})
