import type { Condition } from '@inferq/domain'

/** `words "a phrase" -without`: any of the words, every phrase, none of what follows a minus. Null: nothing is asked. */
export function textCondition(searchText: string): Condition | null {
  const words: string[] = []
  const phrases: string[] = []
  const excluded: string[] = []
  for (const [, minus, phrase, word] of searchText.matchAll(/(-?)(?:"([^"]*)"|([^\s"]+))/g)) {
    const term = (phrase ?? word ?? '').trim()
    if (term === '') continue
    if (minus) excluded.push(term)
    else if (phrase === undefined) words.push(term)
    else phrases.push(term)
  }
  return words.length + phrases.length + excluded.length === 0 ? null : { kind: 'text', words, phrases, excluded }
}
