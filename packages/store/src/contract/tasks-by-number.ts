import { describe, expect, it } from 'vitest'
import { company, foreignCompany, insertOne, type Suite } from './subject.ts'

export const tasksByNumberSuite: Suite = (subject) => {
  describe('tasks by number', () => {
    it('are found in the order asked, each once, and only those of the company', async () => {
      const { store } = subject
      const [one, two] = [await insertOne(store), await insertOne(store)]
      const foreign = await insertOne(store, { company: foreignCompany })
      const asked = [two.number, foreign.number, one.number, two.number, 0, -1, 2 ** 50]
      expect(await store.tasks.findTasksByNumber(company, asked)).toEqual([two, one])
      expect(await store.tasks.filterNumbers(company, asked)).toEqual([two.number, one.number])
    })

    it('are none where nothing is asked, or what can be no number of a task', async () => {
      for (const asked of [[], [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 63]]) {
        expect(await subject.store.tasks.findTasksByNumber(company, asked)).toEqual([])
        expect(await subject.store.tasks.filterNumbers(company, asked)).toEqual([])
      }
    })

    it('are as many as anyone asks for', async () => {
      const { store } = subject
      const { number } = await insertOne(store)
      const asked = Array.from({ length: 20_000 }, (_, i) => number + i)
      expect(await store.tasks.filterNumbers(company, asked)).toEqual([number])
    })
  })
}
