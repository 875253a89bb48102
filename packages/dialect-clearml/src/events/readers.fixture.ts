import { expect } from 'vitest'
import type { Clearml } from '../testing/clearml.fixture.ts'
import { makePublicTask, makeTask, unknownTask } from '../testing/tasks.fixture.ts'

/** That an endpoint reads of own and public tasks, and of no other: 400/101. */
export async function expectVisibleOnly(
  clearml: Clearml,
  endpoint: string,
  bodyOf: (task: string) => object,
): Promise<void> {
  const other = await clearml.another({ company: 'new' })
  const foreign = await makeTask(other)
  for (const task of [unknownTask, 'nonsense', 'constructor', '', foreign]) {
    expect(await clearml.call(endpoint, bodyOf(task))).toMatchObject({ status: 400, subcode: 101, data: {} })
  }
  const hidden = await makeTask(clearml, { system_tags: ['hidden'] })
  for (const task of [await makePublicTask(other), await makeTask(clearml), hidden]) {
    expect(await clearml.call(endpoint, bodyOf(task))).toMatchObject({ status: 200 })
  }
}
