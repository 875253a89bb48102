import { type ArtifactFiles, artifactPath } from '@inferq/domain'
import { type FormFault, formParts } from '@inferq/forms'
import type { FastifyRequest } from 'fastify'
import { FileError } from './errors.ts'

/** Every one of them costs a write, and memory while it waits for those before it. */
const maxFiles = 10_000

/**
 * Stores every file of a form under the name of its field, before which the SDK puts a slash; answers the paths. Those
 * before a bad one stay.
 */
export async function storeForm(
  request: FastifyRequest,
  company: string,
  { artifacts, pathOf }: { artifacts: ArtifactFiles; pathOf: (fieldName: string) => string },
): Promise<string[]> {
  if (!request.isMultipart()) throw new FileError(415, 'files are uploaded as multipart/form-data')
  const paths: string[] = []
  // What has no file name is a file too: some clients send none.
  for await (const { name, content } of formParts(request, { maxParts: maxFiles, refuse })) {
    const path = pathOf(artifactPath(name))
    await artifacts.store(company, path, content)
    paths.push(path)
  }
  if (paths.length === 0) throw new FileError(400, 'the form holds no file: the name of each field is a path')
  return paths
}

function refuse(fault: FormFault, cause: unknown): FileError {
  switch (fault) {
    case 'too_many_parts':
      return new FileError(413, `one form may hold at most ${maxFiles} files`)
    case 'name_not_allowed':
      return new FileError(404, 'the name of a field of the form is no path of a file')
    case 'not_whole':
      return new FileError(400, 'the form did not arrive whole: it must end in its boundary', cause)
  }
}
