import { beforeAll, describe, expect, it } from 'vitest'
import { taskCollection } from '../query/collection.ts'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { storeTask } from '../testing/stored-task.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
  await storeTask(clearml, { job: 'embed.text', input: '{}' })
})

/** Whatever it finds: the store must understand every question that the language lets through. */
const isAnswered = (request: object) =>
  expect(clearml.ok('tasks.get_all_ex', request), JSON.stringify(request)).resolves.toHaveProperty('tasks')

describe('tasks.get_all_ex understands', () => {
  it.each(taskCollection.fields)('%s in order_by, only_fields and patterns, also below it', async (field) => {
    for (const path of [field, `${field}.a.b`]) {
      await isAnswered({ order_by: [path, 'id'] })
      await isAnswered({ order_by: [`-${path}`] })
      await isAnswered({ only_fields: [path] })
      await isAnswered({ _any_: { pattern: 'a', fields: [path, 'name'] } })
    }
  })

  it.each(taskCollection.lists.map((field) => field.replace('*', 'a.b')))(
    '%s as a list and in filters',
    async (field) => {
      for (const list of [['a'], ['-a'], ['__$all', 'a', 'b'], [null], ['__$not', null], ['a\u0000', '']]) {
        await isAnswered({ [field]: list })
      }
      const part = { include: ['a', 'b', null], exclude: ['c', 'd', null] }
      await isAnswered({ filters: { [field]: { any: part, all: part, op: 'or' } } })
    },
  )

  it.each([
    ...taskCollection.dates.map((field) => ({ [field]: ['>=0001-01-01', '<9999-12-31'] })),
    ...taskCollection.datetimes.map((field) => ({ _all_: { datetime: [-1e14, 1e14], fields: [field] } })),
    ...Object.keys(taskCollection.ranges ?? {}).map((field) => ({ [field.replace('*', 'm.v.value')]: [1e9, null] })),
    ...['x', 3, 3.5, true, '\u0000'].map((value) => ({ 'runtime.key': value })),
    ...['- "', `' & b | !c:* <-> \\`, '"the"', '-only', 'a\u0000b'].map((search_text) => ({ search_text })),
    { page: 9_007_199_254_740_991, page_size: 500 },
  ])('%j', isAnswered)

  it('5000 ids at once', async () => {
    await isAnswered({ id: Array.from({ length: 5000 }, (_, index) => index.toString(16).padStart(32, '0')) })
  })
})
