import { DomainError } from '../errors.ts'
import type { Model, Ports } from '../ports.ts'
import type { DetailedTask } from '../task-details.ts'

/** The models that a task made: those that name it, and those that it names as output. */
export interface OutputModels {
  drafts: readonly Model[]
  /** Published ones, whose weights stay. */
  ready: readonly Model[]
}

export async function outputModelsOf({ models }: Pick<Ports, 'models'>, task: DetailedTask): Promise<OutputModels> {
  const named = ((task.models?.output ?? []) as readonly { model: string }[]).map(({ model }) => model)
  const [made, found] = await Promise.all([
    models.listModelsOfTask(task.company, task.id),
    models.findModels(task.company, named),
  ])
  const own = [...made, ...found].filter(({ company }) => company === task.company)
  const all = [...new Map(own.map((model) => [model.id, model])).values()]
  return { drafts: all.filter(({ ready }) => !ready), ready: all.filter(({ ready }) => ready) }
}

/** Throws TASK_CANNOT_BE_DELETED when others may rely on what the task made. */
export async function refusePublishedOutput(
  { tasks }: Pick<Ports, 'tasks'>,
  task: DetailedTask,
  { ready }: OutputModels,
  what: 'delete' | 'reset',
): Promise<void> {
  const refuse = (why: string) => {
    throw new DomainError('TASK_CANNOT_BE_DELETED', `cannot ${what} the task without force: ${why}`)
  }
  if (ready.length > 0) refuse('a model that it made is published')
  const children = await tasks.listChildren(task.company, task.id)
  if (children.some(({ status }) => status === 'published')) refuse('a task made from it is published')
}

export interface ModelsLeft {
  /** Models that are gone. */
  deleted: readonly Model[]
  /** How many now say that their task was deleted. */
  updated: number
}

/**
 * What becomes of a task's models when it loses its outputs: its drafts are deleted, unless they are to be kept or
 * another task needs them, and of the others none names the task any more, but says `formerTask`.
 */
export async function releaseModels(
  { models }: Pick<Ports, 'models'>,
  { company, id }: DetailedTask,
  { drafts, ready }: OutputModels,
  { deleteDrafts, formerTask }: { deleteDrafts: boolean; formerTask: string | null },
): Promise<ModelsLeft> {
  const isMade = (model: Model) => model.task === id
  const used = deleteDrafts ? await models.filterUsedAsInput(company, idsOf(drafts), id) : new Set<string>()
  const deleted = deleteDrafts ? drafts.filter((model) => !used.has(model.id)) : []
  const needed = drafts.filter((model) => used.has(model.id) && isMade(model))
  const kept = [...(deleteDrafts ? [] : drafts), ...ready].filter(isMade)
  for (const model of needed) await models.changeModel(company, model.id, { task: null })
  for (const model of kept) await models.changeModel(company, model.id, { task: formerTask })
  if (deleted.length > 0) await models.deleteModels(company, idsOf(deleted))
  return { deleted, updated: formerTask === null ? 0 : kept.length }
}

const idsOf = (models: readonly Model[]) => models.map(({ id }) => id)
