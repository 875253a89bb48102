import type { FastifyInstance } from 'fastify'
import { FileError } from './errors.ts'
import { type FileServerOptions, hidden, openScope } from './scope.ts'
import { storeForm } from './upload.ts'

/**
 * Uploads to the root of a server whose files are under a folder: the SDK posts to the host alone, and puts the folder
 * before each name. `fileServer` is then registered with that prefix.
 */
export async function uploadsAtRoot(app: FastifyInstance, options: FileServerOptions & { folder: string }) {
  const companyOf = await openScope(app, options)
  const { artifacts } = options.services
  const before = `${options.folder}/`
  const pathOf = (name: string) => {
    if (name.startsWith(before)) return name.slice(before.length)
    throw new FileError(404, `here the name of a file must begin with "${before}"`)
  }
  app.post('/', hidden, async (request) => {
    request.operation = 'files.upload'
    return storeForm(request, await companyOf(request), { artifacts, pathOf })
  })
}
