import type { Condition, Search } from '@inferq/domain'

/** Short ways to write what a search asks. */
export const path = (field: string): readonly string[] => field.split('.')
export const anyOf = (field: string, ...values: string[]): Condition => ({ kind: 'any_of', field: path(field), values })
export const allOf = (field: string, ...values: string[]): Condition => ({ kind: 'all_of', field: path(field), values })
export const isEmpty = (field: string): Condition => ({ kind: 'empty', field: path(field) })
export const not = (of: Condition): Condition => ({ kind: 'not', of })
export const and = (...of: Condition[]): Condition => ({ kind: 'and', of })
export const or = (...of: Condition[]): Condition => ({ kind: 'or', of })

export const matches = (field: string, pattern: string, ignoreCase = false): Condition => ({
  kind: 'matches',
  field: path(field),
  pattern,
  ignoreCase,
})

export const compare = (
  field: string,
  op: '=' | '<' | '<=' | '>' | '>=',
  value: Date | number | string | boolean,
): Condition => ({ kind: 'compare', field: path(field), op, value })

export const text = (words: string[], { phrases = [] as string[], excluded = [] as string[] } = {}): Condition => ({
  kind: 'text',
  words,
  phrases,
  excluded,
})

/** `-name`: descending. */
export const by = (...keys: string[]): Search['order'] =>
  keys.map((key) => {
    const name = key.replace(/^-/, '')
    return { field: name === 'text_score' ? name : path(name), descending: key.startsWith('-') }
  })
