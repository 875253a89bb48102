import type { DetailedTask } from '@inferq/domain'
import { isSameArtifact, orderArtifacts } from './parts/execution.ts'
import type { Artifact } from './schemas.ts'

/** Up to this size the preview is the whole result. */
const maxWholePreviewBytes = 64 * 1024
const previewCharacters = 1024

/** The artifacts that were written, and the result of a job among them. */
export function withResult(
  artifacts: readonly Artifact[],
  task: Pick<DetailedTask, 'id' | 'completedAt' | 'updatedAt'>,
  result: string | null,
  baseUrl: string,
): readonly Artifact[] {
  if (result === null) return artifacts
  const artifact = resultArtifact(task, result, baseUrl)
  return orderArtifacts([...artifacts.filter((written) => !isSameArtifact(written, artifact)), artifact])
}

function resultArtifact(
  { id, completedAt, updatedAt }: Pick<DetailedTask, 'id' | 'completedAt' | 'updatedAt'>,
  result: string,
  baseUrl: string,
): Artifact {
  const sizeBytes = Buffer.byteLength(result)
  return {
    key: 'result',
    type: 'json',
    mode: 'output',
    uri: `${baseUrl}/v1/tasks/${id}/result`,
    content_size: sizeBytes,
    timestamp: Math.floor((completedAt ?? updatedAt).getTime() / 1000),
    type_data: {
      preview: sizeBytes <= maxWholePreviewBytes ? result : result.slice(0, previewCharacters),
      content_type: 'application/json',
    },
  }
}
