import type { DetailedTask } from '@inferq/domain'
import { ApiError } from '../../errors/api-error.ts'
import { compareText } from '../compare-text.ts'
import type { Artifact, ArtifactId, Execution } from '../schemas.ts'

/** As the row keeps it: the queue and what older clients write have places of their own. */
export type StoredExecution = Pick<Execution, 'framework' | 'model_labels' | 'artifacts'>

export type ExecutionPart = Required<Pick<Execution, 'parameters' | 'model_desc' | 'model_labels' | 'artifacts'>> &
  Pick<Execution, 'framework'> & { queue?: string }

/** Artifacts are those that were written, by key; the result of a job is not among them. */
export const executionOf = ({ execution, queueId }: Pick<DetailedTask, 'execution' | 'queueId'>): ExecutionPart => ({
  ...(queueId === null ? {} : { queue: queueId }),
  parameters: {},
  model_desc: {},
  model_labels: {},
  artifacts: [],
  ...(execution as StoredExecution | null),
})

export const artifactsOf = ({ execution }: Pick<DetailedTask, 'execution'>): readonly Artifact[] =>
  (execution as StoredExecution | null)?.artifacts ?? []

export const isSameArtifact = (one: ArtifactId, other: ArtifactId): boolean =>
  one.key === other.key && one.mode === other.mode

/** Each artifact once, the last that was given, by key. */
export function orderArtifacts(artifacts: readonly Artifact[]): Artifact[] {
  const unique = new Map(artifacts.map((artifact) => [`${artifact.mode} ${artifact.key}`, artifact]))
  return [...unique.values()].sort((one, other) => compareText(one.key, other.key) || compareText(one.mode, other.mode))
}

/** What the row keeps: each field that is given replaces the present one. Throws 400/800 when two labels are one id. */
export function mergeExecution(
  present: Pick<DetailedTask, 'execution'> | null,
  given: StoredExecution,
): StoredExecution {
  const ids = Object.values(given.model_labels ?? {})
  if (new Set(ids).size < ids.length) throw new ApiError('dataValidation', 'two model labels have the same id')
  const artifacts = given.artifacts && { artifacts: orderArtifacts(given.artifacts) }
  return { ...(present?.execution as StoredExecution | null | undefined), ...given, ...artifacts }
}
