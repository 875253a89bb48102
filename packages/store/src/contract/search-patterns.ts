import { describe, expect, it } from 'vitest'
import { matches } from './search-conditions.ts'
import { company, creation, type Suite } from './subject.ts'

const longest = 'x'.repeat(255)

/** What has kept other engines busy for ever. */
const hostile = [
  ...['(a+)+$', '(a|a)*b', '(.*a){20}', '([a-zA-Z]+)*$', '(a|b)*a(a|b){200}c', '^(([a-z])+.)+[A-Z]([a-z])+$'],
  ...['(a{1,30}){1,30}b', 'x{0,255}x{0,255}x{0,255}b', '(?=(a+)+b)a', '^(?!.*b).*c$', `(${longest}){1,3}b`],
  Array.from({ length: 150 }, (_, n) => `w${n}`).join('|'),
]
const refused = [
  ...['((a{1,100}){1,100}){1,100}', '(a?){255}(a?){255}', '((a*){31}){31}', '(?=.*(?=.*b))a', '(\\b\\w*){120}'],
  ...['(a', 'a)', '[a', 'a**', '*a', 'a{3,2}', 'a{256}', '\\', '\\q', '[z-a]', '(?P<a', '(?<=a+)b', '(?z)'],
  ...['(a)\\1', '(?P<n>a)(?P=n)', '(a)?(?(1)b|c)', '(?>a)', 'a++', 'a(?i)b', '(?i:a)', '\\N{DASH}', 'a'.repeat(1_001)],
]

export const searchPatternsSuite: Suite = (subject) => {
  const find = async (pattern: string) => {
    const where = matches('name', pattern)
    const search = { company, publicToo: false, where, order: [], offset: 0, limit: 10 }
    return await subject.store.tasks.searchTasks(search)
  }

  describe('a regular expression', () => {
    it('that is made to take for ever costs no more than others do, on long names too', async () => {
      for (const name of ['a'.repeat(3_000), 'ab'.repeat(1_500), 'w x y '.repeat(500)]) {
        await subject.store.tasks.createTask(creation({ name }))
      }
      for (const pattern of hostile) expect(await find(pattern), pattern).toBeInstanceOf(Array)
    })

    it('that is malformed, too large, or asks for what there is not, is refused', async () => {
      for (const pattern of refused) {
        await expect(find(pattern), pattern).rejects.toMatchObject({
          code: 'PATTERN_INVALID',
          message: expect.stringMatching(/^the regular expression /),
        })
      }
    })
  })
}
