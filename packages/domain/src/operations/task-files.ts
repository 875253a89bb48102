import { findJob, type JobDefinition, type TaskId } from '@inferq/contracts'
import { isArtifactKey } from '../artifact-path.ts'
import { DomainError } from '../errors.ts'
import { fieldPath } from '../field-issues.ts'
import type { FileStore, Ports } from '../ports.ts'
import type { Task } from '../task.ts'
import { dropFiles } from './keep-file.ts'

/**
 * Files that come with a task, such as its images. Whoever takes the task in stores them before it is submitted, under
 * its id; its input names them; they go when the task goes, or when its input names them no more.
 */
export const taskFileKey = (id: TaskId, index: number): string => `${folderOf(id)}${index}`

const folderOf = (id: TaskId) => `inputs/${id}/`

/**
 * Throws INPUT_INVALID when the input names a file that may be anybody's: it neither came with this very task, nor is it
 * one that the company uploaded. Whether there is such a file shows when it is read.
 */
export function checkFiles(
  { job, input }: { job: JobDefinition; input: unknown },
  { id, company }: Pick<Task, 'id' | 'company'>,
): void {
  const named = job.filesOf?.(input) ?? []
  const foreign = named.filter(({ key }) => !key.startsWith(folderOf(id)) && !isArtifactKey(company, key))
  if (foreign.length === 0) return
  throw new DomainError('INPUT_INVALID', 'the input names a file that did not come with this task', {
    issues: foreign.map(({ path }) => ({ field: fieldPath(path, 'input'), problem: 'did not come with this task' })),
  })
}

type Named = Pick<Task, 'id' | 'job' | 'input' | 'inputKey'>

/** Deletes the files that a task no longer names after a change. The input before it must still be in the store. */
export async function dropUnnamedFiles(
  { files }: Pick<Ports, 'files'>,
  before: Named,
  after: Omit<Named, 'id'>,
): Promise<void> {
  if (before.job === after.job && before.input === after.input && before.inputKey === after.inputKey) return
  const named = await filesNamedBy(files, before)
  if (named.length === 0) return
  const stay = await filesNamedBy(files, { ...after, id: before.id })
  await dropFiles(
    { files },
    named.filter((key) => !stay.includes(key)),
  )
}

/**
 * The task's own files that its input names. Told from the text: an input that has been edited may break the job's
 * schema until the next edit, and its files are still wanted then.
 */
export async function filesNamedBy(files: Pick<FileStore, 'getText'>, task: Named): Promise<string[]> {
  const { id, job, input, inputKey } = task
  if (job === null || !findJob(job)?.filesOf) return []
  const text = inputKey === null ? input : await files.getText(inputKey)
  // Some writers of JSON escape slashes.
  const names = text?.replaceAll('\\/', '/').match(new RegExp(`(?<=")${folderOf(id)}\\d+(?=")`, 'g'))
  return [...new Set(names)]
}
