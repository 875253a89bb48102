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

/** What is to become of a task's models when it loses its outputs. */
export interface Release {
  deleted: readonly Model[]
  /** Drafts that another task needs: they lose their maker. */
  orphaned: readonly Model[]
  /** The others that the task made; they name what it was. */
  kept: readonly Model[]
}

/** Its drafts are deleted, unless they are to be kept or another task needs them. */
export async function planRelease(
  { models }: Pick<Ports, 'models'>,
  { company, id }: DetailedTask,
  { drafts, ready }: OutputModels,
  deleteDrafts: boolean,
): Promise<Release> {
  const isMade = (model: Model) => model.task === id
  if (!deleteDrafts) return { deleted: [], orphaned: [], kept: [...drafts, ...ready].filter(isMade) }
  const used = await models.filterUsedAsInput(company, idsOf(drafts), id)
  return {
    deleted: drafts.filter((model) => !used.has(model.id)),
    orphaned: drafts.filter((model) => used.has(model.id) && isMade(model)),
    kept: ready.filter(isMade),
  }
}

/** None of the models names the task any more; those that are kept say `formerTask`. */
export async function releaseModels(
  { models }: Pick<Ports, 'models'>,
  company: string,
  { deleted, orphaned, kept }: Release,
  formerTask: string | null,
): Promise<void> {
  for (const model of orphaned) await models.changeModel(company, model.id, { task: null })
  for (const model of kept) await models.changeModel(company, model.id, { task: formerTask })
  if (deleted.length > 0) await models.deleteModels(company, idsOf(deleted))
}

const idsOf = (models: readonly Model[]) => models.map(({ id }) => id)
