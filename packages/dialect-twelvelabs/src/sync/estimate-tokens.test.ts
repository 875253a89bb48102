import { describe, expect, it } from 'vitest'
import { estimateTokens } from './estimate-tokens.ts'

describe('an estimate of tokens', () => {
  it.each([
    ['', 0],
    [' \n\t', 0],
    ['a dog runs', 3],
    ['It’s 12:30, isn’t it?', 12],
    ['incomprehensibilities', 3],
    ['žluťoučký kůň', 2],
    ['e\u0301te\u0301', 1],
    ['犬が走る', 4],
    ['東京 tower', 3],
    ['👍🏽', 2],
  ])('counts words, marks, and parts of long words: %j', (text, tokens) => {
    expect(estimateTokens(text)).toBe(tokens)
  })

  it('takes no longer than the text is long', () => {
    expect(estimateTokens('a'.repeat(20_000))).toBe(2_000)
  })
})
