/** A Python pattern, understood. Groups are gone: nothing here looks into what a group matched. */
export type Node =
  | { kind: 'sequence'; of: readonly Node[] }
  | { kind: 'choice'; of: readonly Node[] }
  | { kind: 'repeat'; of: Node; least: number; most: number }
  /** One code point. */
  | { kind: 'character'; code: number }
  | { kind: 'any'; newlineToo: boolean }
  | { kind: 'class'; negated: boolean; items: readonly ClassItem[] }
  | { kind: 'anchor'; anchor: Anchor }
  | { kind: 'look'; behind: boolean; negated: boolean; of: Node }

export type ClassItem = { from: number; to: number } | { shorthand: Shorthand }

export const shorthands = ['d', 'D', 's', 'S', 'w', 'W'] as const
export type Shorthand = (typeof shorthands)[number]

/** `line`: of `^` and `$` under the flag `m`. `end` is `$`, which also fits before a last newline; `\Z` does not. */
export type Anchor = 'start' | 'line_start' | 'end' | 'line_end' | 'very_end' | 'word_edge' | 'no_word_edge'

export const character = (code: number): Node => ({ kind: 'character', code })
export const sequence = (of: readonly Node[]): Node => (of.length === 1 ? (of[0] as Node) : { kind: 'sequence', of })
export const choice = (of: readonly Node[]): Node => (of.length === 1 ? (of[0] as Node) : { kind: 'choice', of })
