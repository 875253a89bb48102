import type { Call } from '../call.ts'

const idsPerRead = 500

/** The names of those of these tasks that the caller can see, by id. */
export async function namesOf(
  { services, identity }: Pick<Call, 'services' | 'identity'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(ids)]
  const names = new Map<string, string>()
  for (let start = 0; start < wanted.length; start += idsPerRead) {
    const part = wanted.slice(start, start + idsPerRead)
    for (const { id, name } of await services.tasks.findDetailed(identity.company, part, 'visible')) names.set(id, name)
  }
  return names
}
