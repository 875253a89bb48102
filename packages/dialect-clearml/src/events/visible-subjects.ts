import type { HeavyPart, Model } from '@inferq/domain'
import type { Call } from '../call.ts'
import { ApiError } from '../errors/api-error.ts'
import { unknownModel } from '../models/find-model.ts'

/** What the readers of events need to know of a task or model. */
export interface VisibleSubject {
  id: string
  name: string
}

/** Tasks or models, one's own or public, in order. Throws 400/101 or 400/201 for the first that is neither. */
export async function requireVisibleSubjects(
  call: Call,
  ids: readonly string[],
  areModels: boolean,
): Promise<readonly VisibleSubject[]> {
  const found = await (areModels ? findModels(call, ids) : findTasks(call, ids))
  const byId = new Map(found.map(({ id, name }) => [id, { id, name }]))
  return ids.map((id) => {
    const subject = byId.get(id)
    if (subject) return subject
    throw areModels ? unknownModel(id) : new ApiError('invalidTaskId', '', { id, company: call.identity.company })
  })
}

/** The one that an endpoint is about. */
export const requireVisibleSubject = async (call: Call, id: string, isModel: boolean): Promise<string> => {
  await requireVisibleSubjects(call, [id], isModel)
  return id
}

const findModels = ({ services, identity }: Call, ids: readonly string[]): Promise<readonly Model[]> =>
  services.models.findModels(identity.company, ids)

const findTasks = ({ services, identity }: Call, ids: readonly string[]) =>
  services.tasks.searchTasks(
    {
      ...{ company: identity.company, publicToo: true, order: [], offset: 0, limit: ids.length },
      where: { kind: 'any_of', field: ['id'], values: ids },
    },
    everyHeavyPart,
  )

const everyHeavyPart: HeavyPart[] = [
  ...(['input', 'result', 'events', 'script', 'execution', 'hyperparams', 'configuration', 'lastMetrics'] as const),
]
