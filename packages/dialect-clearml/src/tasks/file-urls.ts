import type { DetailedTask, Model } from '@inferq/domain'
import { artifactsOf } from '../document/parts/execution.ts'

/** Where the files of what was deleted lie; those elsewhere are for whoever can reach them to remove. */
export const fileUrls = (before: DetailedTask, deletedModels: readonly Model[]) => ({
  model_urls: deletedModels.map(({ uri }) => uri).filter((uri) => uri !== ''),
  event_urls: [],
  artifact_urls: artifactUris(before, 'output'),
})

/** The files of what a task made, but those that it was given as well. */
export function outputFiles(task: DetailedTask): string[] {
  const given = new Set(artifactUris(task, 'input'))
  return artifactUris(task, 'output').filter((uri) => !given.has(uri))
}

const artifactUris = (task: DetailedTask, wanted: 'input' | 'output'): string[] =>
  artifactsOf(task)
    .filter(({ mode }) => mode === wanted)
    .flatMap(({ uri }) => (uri ? [uri] : []))
