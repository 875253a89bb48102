import { expect, it } from 'vitest'
import { spokenWords } from './spoken-words.ts'

it.each([
  [' [BLANK_AUDIO]', ''],
  ['[Music] (upbeat music)\n*sigh* ...', ''],
  ['♪ la la ♪', 'la la'],
  [' (door closes) Who is there? ', 'Who is there?'],
  ['これは何ですか', 'これは何ですか'],
  ['3', '3'],
])('of %j, what is said is %j', (transcript, expected) => {
  expect(spokenWords(transcript)).toBe(expected)
})
