import type { ArtifactFiles } from '@inferq/domain'
import type { FastifyRequest } from 'fastify'
import { FileError } from './errors.ts'
import { filesOf } from './form.ts'

/** Stores every file of a form under the name of its field; answers the paths. Those before a bad one stay. */
export async function storeForm(
  request: FastifyRequest,
  company: string,
  { artifacts, pathOf }: { artifacts: ArtifactFiles; pathOf: (fieldName: string) => string },
): Promise<string[]> {
  const paths: string[] = []
  for await (const { name, content } of filesOf(request)) {
    const path = pathOf(name)
    await artifacts.store(company, path, content)
    paths.push(path)
  }
  if (paths.length === 0) throw new FileError(400, 'the form holds no file: the name of each field is a path')
  return paths
}
