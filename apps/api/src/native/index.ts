import { DomainError } from '@inferq/domain'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Services } from '../services.ts'
import { credentialsCreate } from './credentials/create.ts'
import { credentialsList } from './credentials/list.ts'
import { credentialsRevoke } from './credentials/revoke.ts'
import { nativeErrorHandler } from './errors.ts'
import { queuesGet } from './queues/get.ts'
import { queuesList } from './queues/list.ts'
import { queuesPause } from './queues/pause.ts'
import type { NativeApp, NativeRoute } from './route.ts'
import { tasksCancel } from './tasks/cancel.ts'
import { tasksCreate } from './tasks/create.ts'
import { tasksCreateBatch } from './tasks/create-batch.ts'
import { tasksDelete } from './tasks/delete.ts'
import { tasksEvents } from './tasks/events.ts'
import { tasksGet } from './tasks/get.ts'
import { tasksList } from './tasks/list.ts'
import { tasksResult } from './tasks/result.ts'
import { tasksRetry } from './tasks/retry.ts'
import { workersList } from './workers-list.ts'

/** The native API, whole: everything the core can do. */
const routes: readonly NativeRoute[] = [
  tasksCreate,
  tasksCreateBatch,
  tasksGet,
  tasksResult,
  tasksList,
  tasksCancel,
  tasksRetry,
  tasksDelete,
  tasksEvents,
  queuesList,
  queuesGet,
  queuesPause,
  workersList,
  credentialsCreate,
  credentialsList,
  credentialsRevoke,
]

/** One scope: its own authentication, its own form of errors. */
export async function nativeApi(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  app.setErrorHandler(nativeErrorHandler)
  app.decorateRequest('caller')
  app.addHook('onRequest', async (request) => {
    request.caller = await services.authenticator.authenticate(secretKeyOf(request))
  })
  app.setNotFoundHandler((request) => {
    throw new DomainError('ROUTE_NOT_FOUND', `there is no ${request.method} ${request.url.split('?')[0]}; see /docs`)
  })
  for (const route of routes) route(app as NativeApp, services)
}

function secretKeyOf({ headers }: FastifyRequest): string | undefined {
  const apiKey = headers['x-api-key']
  if (typeof apiKey === 'string') return apiKey
  return /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1]
}
