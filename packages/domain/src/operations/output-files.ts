import { artifactPathOf } from '../artifact-path.ts'
import type { DetailedTask } from '../task-details.ts'
import type { Release } from './output-models.ts'

/** Addresses of files that the task made, apart from its models; only its dialect can read them. */
export type OutputFiles = (task: DetailedTask) => readonly string[]

/**
 * The uploaded files that nobody needs when a task loses its outputs: what it and the models that are deleted with it
 * name, and no model that stays does. Addresses are a client's word: only files in a folder of this very task count.
 */
export function unneededFiles(task: DetailedTask, outputFiles: OutputFiles | undefined, models: Release): string[] {
  if (outputFiles === undefined) return []
  const stay = new Set(urisOf(models.orphaned.concat(models.kept)))
  const go = [...outputFiles(task), ...urisOf(models.deleted)].filter((uri) => !stay.has(uri))
  const paths = go.map(artifactPathOf).filter((path) => path !== null)
  return [...new Set(paths.filter((path) => isIn(path, task.id)))]
}

const urisOf = (models: readonly { uri: string }[]) => models.map(({ uri }) => uri)

const isIn = (path: string, id: string): boolean =>
  path
    .split('/')
    .slice(0, -1)
    .some((folder) => folder.endsWith(`.${id}`))
