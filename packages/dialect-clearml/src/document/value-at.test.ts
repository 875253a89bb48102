import { describe, expect, it } from 'vitest'
import { textsAt, withValueAt } from './value-at.ts'

const document = {
  project: 'p',
  execution: { queue: 'q', artifacts: [] },
  models: { input: [{ model: 'a' }, { model: 'b' }] },
}

describe('values at a path', () => {
  it('are found in objects and through lists', () => {
    expect(textsAt(document, ['project'])).toEqual(['p'])
    expect(textsAt(document, ['execution', 'queue'])).toEqual(['q'])
    expect(textsAt(document, ['models', 'input', 'model'])).toEqual(['a', 'b'])
    expect(textsAt(document, ['models', 'output', 'model'])).toEqual([])
    expect(textsAt(document, ['toString'])).toEqual([])
  })

  it('are replaced in a copy', () => {
    const asObject = (id: string) => ({ id })
    expect(withValueAt(document, ['models', 'input', 'model'], asObject)).toEqual({
      ...document,
      models: { input: [{ model: { id: 'a' } }, { model: { id: 'b' } }] },
    })
    expect(withValueAt(document, ['nothing'], asObject)).toEqual(document)
    expect(document.models.input[0]).toEqual({ model: 'a' })
  })
})
