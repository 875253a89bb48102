import { changeArtifacts } from '../document/change-artifacts.ts'
import { artifact } from '../document/schemas.ts'
import { defineEndpoint } from '../endpoint.ts'
import { flag, list, object, text } from '../transport/fields.ts'

/** Adds artifacts; one of the same key and mode replaces the one that was there. */
export const tasksAddOrUpdateArtifacts = defineEndpoint('tasks.add_or_update_artifacts', {
  since: '2.10',
  request: object({ task: text, artifacts: list(artifact).min(1), force: flag }),
  async handle(call, { task, artifacts }) {
    await changeArtifacts(call, task, (present) => [...present, ...artifacts])
    return { updated: 1 }
  },
})
