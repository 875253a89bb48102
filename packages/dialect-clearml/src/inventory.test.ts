import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { endpoints } from './endpoints.ts'
import { inventory, inventoryTables, untested } from './testing/inventory.ts'

const pagePath = '../../../docs/clearml.md'
const tablesBegin = '<!-- The tables are made from the code: npm test -- packages/dialect-clearml -u -->'

describe('every endpoint', () => {
  it('has tests of success, of refusal and of wrong input beside it', () => {
    const lacking = inventory(endpoints).flatMap((one) => untested(one).map((kind) => `${one.endpoint.name}: ${kind}`))
    expect(lacking).toEqual([])
  })

  it('is in the list once', () => {
    const names = endpoints.map(({ name }) => name)
    expect([...new Set(names)]).toEqual(names)
  })

  it('is in docs/clearml.md, with what it is tested by', async () => {
    const [written] = readFileSync(new URL(pagePath, import.meta.url), 'utf8').split(tablesBegin)
    const tables = inventoryTables(inventory(endpoints), '../packages/dialect-clearml/src')
    await expect(`${written}${tablesBegin}\n\n${tables}\n`).toMatchFileSnapshot(pagePath)
  })
})
