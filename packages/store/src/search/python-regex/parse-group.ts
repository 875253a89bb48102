import type { Cursor } from './cursor.ts'

export interface Flags {
  ignoreCase: boolean
  /** `.` fits a newline too. */
  dotAll: boolean
  /** `^` and `$` fit at every line. */
  multiline: boolean
  /** Spaces and comments in the pattern are passed over. */
  verbose: boolean
}

export type GroupStart =
  | { kind: 'group'; flags: Flags }
  | { kind: 'look'; behind: boolean; negated: boolean }
  | { kind: 'comment' }

const looks = { '=': [false, false], '!': [false, true], '<=': [true, false], '<!': [true, true] } as const

const flagNames: Readonly<Record<string, keyof Flags | null>> = {
  i: 'ignoreCase',
  s: 'dotAll',
  m: 'multiline',
  x: 'verbose',
  // What `\w` and the like fit is the database's own matter.
  a: null,
  u: null,
  L: null,
}

/** What follows an opening parenthesis, up to where the group's own pattern begins. */
export function parseGroupStart(cursor: Cursor, flags: Flags): GroupStart {
  const start = cursor.position - 1
  if (!cursor.take('?')) return { kind: 'group', flags }
  if (cursor.take(':')) return { kind: 'group', flags }
  for (const [sign, [behind, negated]] of Object.entries(looks)) {
    if (cursor.take(sign)) return { kind: 'look', behind, negated }
  }
  if (cursor.take('P<')) {
    if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(cursor.takeWhile(/[^>]/))) cursor.fail('a group with a bad name', start)
    return cursor.take('>') ? { kind: 'group', flags } : cursor.fail('a group with a bad name', start)
  }
  if (cursor.take('#')) {
    cursor.takeWhile(/[^)]/)
    return cursor.take(')') ? { kind: 'comment' } : cursor.fail('a comment without its )', start)
  }
  if (cursor.peek() === '(' || cursor.peek() === 'P') cursor.fail('references to a group are not supported', start)
  return { kind: 'group', flags: parseScopedFlags(cursor, flags, start) }
}

/** `(?ims)` at the very beginning. */
export function parseGlobalFlags(cursor: Cursor): Flags {
  let flags: Flags = { ignoreCase: false, dotAll: false, multiline: false, verbose: false }
  for (;;) {
    const start = cursor.position
    const letters = cursor.take('(?') ? cursor.takeWhile(/[a-zA-Z]/) : ''
    if (letters === '' || !cursor.take(')')) {
      cursor.goBackTo(start)
      return flags
    }
    flags = withFlags(cursor, flags, letters, true, start)
  }
}

/** `(?s-m:...)`. */
function parseScopedFlags(cursor: Cursor, flags: Flags, start: number): Flags {
  const on = cursor.takeWhile(/[a-zA-Z]/)
  const off = cursor.take('-') ? cursor.takeWhile(/[a-zA-Z]/) : ''
  if (on + off === '') cursor.fail('an unknown kind of group', start)
  if (cursor.take(')')) cursor.fail('flags for the whole pattern that do not stand at its start', start)
  if (!cursor.take(':')) cursor.fail('an unknown kind of group', start)
  const changed = withFlags(cursor, withFlags(cursor, flags, on, true, start), off, false, start)
  // Postgres knows it for a whole pattern only.
  if (changed.ignoreCase !== flags.ignoreCase) cursor.fail('(?i:...) is not supported, only (?i) at the start', start)
  return changed
}

function withFlags(cursor: Cursor, flags: Flags, letters: string, value: boolean, start: number): Flags {
  const names = [...letters].map((letter) => {
    const name = flagNames[letter]
    return name === undefined ? cursor.fail(`an unknown flag ${letter}`, start) : name
  })
  return { ...flags, ...Object.fromEntries(names.filter((name) => name !== null).map((name) => [name, value])) }
}
