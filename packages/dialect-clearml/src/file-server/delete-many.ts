import type { ArtifactFiles } from '@inferq/domain'
import { DomainError } from '@inferq/domain'
import { list, object, text } from '../transport/fields.ts'
import { parseJson } from '../transport/parse-json.ts'
import { validate } from '../transport/validate.ts'
import { referencedPaths } from './referenced-paths.ts'

const deletion = object({ files: list(text) })

export interface Deletion {
  /** What was asked for, and the path that it stood for. */
  deleted: Record<string, string>
  /** By reason. */
  errors: Record<string, string[]>
}

/** Deletes the files that a body like `{"files": [...]}` names; one that cannot be deleted is no reason for the others to stay. */
export async function deleteMany(artifacts: ArtifactFiles, company: string, body: Buffer): Promise<Deletion> {
  const { files } = validate(deletion, parseJson(body.toString()))
  const deleted = new Map<string, string>()
  const errors = new Map<string, string[]>()
  for (const file of files) {
    const { path, problem } = await deleteOne(artifacts, company, file)
    if (problem === null) deleted.set(file, path)
    else errors.set(problem, [...(errors.get(problem) ?? []), file])
  }
  return { deleted: Object.fromEntries(deleted), errors: Object.fromEntries(errors) }
}

async function deleteOne(artifacts: ArtifactFiles, company: string, file: string) {
  try {
    for (const path of referencedPaths(file)) {
      if (await artifacts.remove(company, path)) return { path, problem: null }
    }
    return { path: file, problem: 'Not found' }
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'FILE_PATH_INVALID') throw error
    return { path: file, problem: 'Not a path of a file' }
  }
}
