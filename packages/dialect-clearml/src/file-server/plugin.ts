import { artifactPath } from '@inferq/domain'
import type { FastifyInstance } from 'fastify'
import { readBody } from '../transport/read-body.ts'
import { deleteMany } from './delete-many.ts'
import { sendFile } from './download.ts'
import { FileError, notFound } from './errors.ts'
import { type FileServerOptions, hidden, openScope } from './scope.ts'
import { storeForm } from './upload.ts'

const byName = (name: string) => name

/** ClearML's file server, as one scope: uploads by form, downloads, deletion. */
export async function fileServer(app: FastifyInstance, options: FileServerOptions): Promise<void> {
  const companyOf = await openScope(app, options)
  const { artifacts } = options.services
  app.setNotFoundHandler(({ method }) => {
    throw new FileError(404, `there is no ${method} of this; files are stored by POST, read by GET, deleted by DELETE`)
  })

  app.route({
    ...hidden,
    method: ['GET', 'HEAD'],
    url: '/',
    handler: async (request, reply) => {
      request.operation = 'files.greet'
      return reply.type('text/plain').send('OK')
    },
  })

  app.post('/', hidden, async (request) => {
    request.operation = 'files.upload'
    return storeForm(request, await companyOf(request), { artifacts, pathOf: byName })
  })

  app.post('/delete_many', hidden, async (request) => {
    request.operation = 'files.delete_many'
    const company = await companyOf(request)
    return deleteMany(artifacts, company, await readBody(request.raw, options.maxBodyBytes))
  })

  app.route<{ Params: Rest }>({
    ...hidden,
    method: ['GET', 'HEAD'],
    url: '/*',
    handler: async (request, reply) => {
      request.operation = 'files.download'
      const company = await companyOf(request)
      return sendFile(request, reply, { artifacts, company, path: artifactPath(request.params['*']) })
    },
  })

  app.delete<{ Params: Rest }>('/*', hidden, async (request, reply) => {
    request.operation = 'files.delete'
    const path = artifactPath(request.params['*'])
    if (!(await artifacts.remove(await companyOf(request), path))) throw notFound()
    return reply.type('application/json').send(JSON.stringify(path))
  })
}

interface Rest {
  /** What follows in the path of the URL, decoded once. */
  '*': string
}
