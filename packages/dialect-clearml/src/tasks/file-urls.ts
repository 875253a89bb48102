import type { DetailedTask, Model } from '@inferq/domain'
import { artifactsOf } from '../document/parts/execution.ts'

/** Where the files of what was deleted lie; removing them is for whoever can reach them. */
export const fileUrls = (before: DetailedTask, deletedModels: readonly Model[]) => ({
  model_urls: deletedModels.map(({ uri }) => uri).filter((uri) => uri !== ''),
  event_urls: [],
  artifact_urls: artifactsOf(before)
    .filter(({ mode }) => mode === 'output')
    .flatMap(({ uri }) => (uri ? [uri] : [])),
})
