import { setTimeout as sleep } from 'node:timers/promises'
import { isLive } from '@inferq/contracts'
import { openTestCore } from '@inferq/core-testkit'
import { createArtifactFiles, type Ports, type StreamedFiles } from '@inferq/domain'
import type { Store } from '@inferq/store'
import Fastify from 'fastify'
import { type TwelvelabsServices, twelvelabsApi, withReadableEscapes } from '../index.ts'

/** The real parts behind the endpoints. */
export interface SharedParts {
  /** Where the shared app listens. */
  origin: string
  store: Store
  ports: Ports
  files: StreamedFiles
  services: TwelvelabsServices
}

let parts: Promise<SharedParts> | undefined

/**
 * Opened once per test process and never closed: the process ends with the run, its connections with the process, and
 * the database with the run's server.
 */
export function sharedParts(): Promise<SharedParts> {
  parts ??= openParts()
  return parts
}

/** So small that a test can fill a queue. */
export const queueCapacity = 50
export const retentionMs = 7 * 24 * 60 * 60 * 1_000
export const maxAssetBytes = 1024 * 1024
const quotaBytes = 4 * maxAssetBytes

async function openParts(): Promise<SharedParts> {
  const mediaModels = ['marengo3.0', 'other-media']
  const core = await openTestCore({ queueCapacity, knownModels: async () => ['tiny-text', ...mediaModels] })
  const { store, ports, files, operations, authenticate, submit, input, result } = core
  const services: TwelvelabsServices = {
    ...{ authenticate, submit, input, result },
    ...{ tasks: store.tasks, assets: store.assets, files, mediaModels },
    artifacts: createArtifactFiles({ files, records: store.fileRecords, maxFileBytes: maxAssetBytes, quotaBytes }),
    async untilEnded(company, id, timeoutMs, signal) {
      const giveUpAt = Date.now() + timeoutMs
      for (;;) {
        const task = await operations.findTask(company, id)
        if (!isLive(task.status) || signal.aborted || Date.now() >= giveUpAt) return task
        await sleep(10)
      }
    },
    stop: (company, id) => operations.cancelTask(company, id),
    settings: { queue: 'default', retentionMs },
  }
  return { origin: await listen(services), ...{ store, ports, files, services } }
}

/** Starts an app that is never closed; answers where it is. */
export async function listen(services: TwelvelabsServices): Promise<string> {
  const app = Fastify({
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
    rewriteUrl: ({ url = '/' }) => withReadableEscapes(url, '/v1.3'),
  })
  await app.register(twelvelabsApi, { prefix: '/v1.3', services })
  // As another language has it, whose paths look like those of this one.
  app.all('/:version(^v[0-9.]+$)/:call', () => 'another language')
  return app.listen({ port: 0, host: '127.0.0.1' })
}
