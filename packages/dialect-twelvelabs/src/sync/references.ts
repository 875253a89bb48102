import { refuse } from '../request/parse.ts'

const reference = /<@([^<>]*)>/g

/**
 * A text without its `<@name>`: all of its images are embedded with it, wherever it speaks of them. Empty: it says nothing
 * else. Throws 400 for the name of no source.
 */
export function withoutReferences(
  text: string,
  names: readonly (string | undefined)[],
  path: readonly PropertyKey[],
): string {
  const bare = text.replaceAll(reference, (mark, name: string) => {
    if (names.includes(name)) return ' '
    throw refuse(path, `${mark.slice(0, 100)} refers to no media source: none has that name`)
  })
  return bare === text ? text : bare.replaceAll(/\s+/g, ' ').trim()
}
