import { changeArtifacts } from '../document/change-artifacts.ts'
import { isSameArtifact } from '../document/parts/execution.ts'
import { artifactId } from '../document/schemas.ts'
import { defineEndpoint } from '../endpoint.ts'
import { flag, list, object, text } from '../transport/fields.ts'

/** Forgets artifacts by key and mode; the files that they name stay where they are. */
export const tasksDeleteArtifacts = defineEndpoint('tasks.delete_artifacts', {
  since: '2.10',
  request: object({ task: text, artifacts: list(artifactId).min(1), force: flag }),
  async handle(call, { task, artifacts }) {
    await changeArtifacts(call, task, (present) =>
      present.filter((artifact) => !artifacts.some((id) => isSameArtifact(id, artifact))),
    )
    return { deleted: 1 }
  },
})
