import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

describe('debug.ping', () => {
  it('success: answers what it was sent', async () => {
    expect(await clearml.ok('debug.ping', { a: { b: [1, null] } })).toEqual({
      msg: 'ClearML server',
      a: { b: [1, null] },
    })
  })

  it('refusal: is unknown below the version that brought it', async () => {
    expect(await clearml.call('debug.ping', {}, { version: '2.8' })).toMatchObject({ status: 404, subcode: 0 })
  })

  it('wrong input: a list as its body is refused', async () => {
    expect(await clearml.call('debug.ping', undefined, { raw: '[1]' })).toMatchObject({ status: 500, subcode: 0 })
  })
})
