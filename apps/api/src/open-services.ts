import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { passingTag } from '@inferq/dialect-twelvelabs'
import { createArtifactFiles, createOperations, type Ports, type Submission, type SubmitAnswer } from '@inferq/domain'
import { openFiles } from '@inferq/files'
import {
  createAgentRegistry,
  createLine,
  groupCommit,
  listenForRecorded,
  patientConnection,
  readOutcomes,
  requestConnection,
  untilReady,
} from '@inferq/queue'
import type { Cleanup } from '@inferq/service'
import { openStore } from '@inferq/store'
import { createMetrics, type Logger } from '@inferq/telemetry'
import type { Config } from './config.ts'
import { createAuthenticator } from './credentials.ts'
import { createKnownModels } from './known-models.ts'
import { createApiMetrics } from './metrics.ts'
import { startReconciler } from './reconcile/reconciler.ts'
import { createRecorder } from './record/recorder.ts'
import { createResultReader } from './result-reader.ts'
import { startSampler } from './sampler.ts'
import type { Services } from './services.ts'
import { TaskChanges } from './task-changes.ts'

const redisStartMs = 30_000
const maxSubmissionsPerWrite = 256

/** Opens record, line and files, and starts what works behind the requests. `cleanup` learns how to undo each step. */
export async function openServices(config: Config, log: Logger, cleanup: Cleanup): Promise<Services> {
  const { agentSilenceMs, eventsKeptMs, filesGraceMs } = config
  const { retentionMs } = config.twelvelabs
  const instance = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`
  const store = await openStore({
    ...(config.databaseUrl ? { databaseUrl: config.databaseUrl } : { dataDir: config.dataDir }),
    maxQueuesPerCompany: config.limits.maxQueuesPerCompany,
  })
  cleanup.add('store', () => store.close())
  await store.migrate()

  const connect = (kind: typeof requestConnection, name: string) => {
    const redis = kind({ url: config.redisUrl, name: `inferq-api-${name}`, log })
    cleanup.add(`redis ${name}`, () => redis.disconnect())
    return redis
  }
  const redis = connect(requestConnection, 'requests')
  await untilReady(redis, redisStartMs)
  const line = createLine(redis, log)
  cleanup.add('line', () => line.close())

  const agents = createAgentRegistry(redis)
  const files = await openFiles(config.files)
  cleanup.add('files', () => files.close())
  const metrics = createApiMetrics(createMetrics(), { queues: store.queues, line, agents })
  const ports: Ports = {
    tasks: store.tasks,
    queues: store.queues,
    agentsLine: store.agentsLine,
    projects: store.projects,
    models: store.models,
    events: store.events,
    fileRecords: store.fileRecords,
    line,
    files,
    limits: config.limits,
    knownModels: createKnownModels(config.models, line),
    onDeferred(what, cause) {
      metrics.deferred.inc()
      log.warn({ err: cause, what }, 'left to the reconciler')
    },
  }
  const operations = createOperations(ports)

  const changes = new TaskChanges()
  await listenForRecorded(connect(patientConnection, 'hints'), (taskId) => changes.notify(taskId))
  const reader = readOutcomes({
    redis: connect(patientConnection, 'outcomes'),
    consumer: instance,
    record: createRecorder({ operations, redis, metrics }),
    log,
  })
  cleanup.add('recorder', () => reader.stop())
  const reconciler = startReconciler({
    ...{ ports, redis, instance, log, metrics },
    ...{ agentSilenceMs, eventsKeptMs, filesGraceMs },
    passing: Number.isFinite(retentionMs) ? { tag: passingTag, keptMs: retentionMs } : null,
  })
  cleanup.add('reconciler', () => reconciler.stop())
  const sampler = startSampler({ ports, samples: store.samples, redis, log })
  cleanup.add('sampler', () => sampler.stop())

  const authenticator = createAuthenticator(store.credentials)
  const results = createResultReader(files)
  const artifacts = createArtifactFiles({ files, records: store.fileRecords, ...config.artifacts })
  const submit = groupCommit<Submission, SubmitAnswer>((items) => operations.submitTasks(items), {
    maxItems: maxSubmissionsPerWrite,
    lanes: 2,
  })
  const submitCounted = async (submission: Submission): Promise<SubmitAnswer> => {
    const answer = await submit(submission)
    if ('task' in answer) metrics.submitted.inc({ job: submission.job })
    return answer
  }
  return {
    operations,
    submit,
    queues: store.queues,
    line,
    agentsLine: store.agentsLine,
    agents,
    credentials: store.credentials,
    authenticator,
    changes,
    results,
    clearml: {
      ...{ operations, tasks: store.tasks, queues: store.queues, agentsLine: store.agentsLine, line, files },
      ...{ projects: store.projects, models: store.models, samples: store.samples, events: store.events },
      artifacts,
      ...{ users: store.users, credentials: store.credentials, agents, tags: store.tags },
      settings: config.clearml,
    },
    deepomatic: {
      ...{ tasks: store.tasks, users: store.users, recognition: store.recognition, files },
      ...{ authenticate: authenticator.authenticate, result: results.result },
      submit: submitCounted,
      imageModels: (company) => line.imageModels(company),
      settings: config.deepomatic,
    },
    twelvelabs: {
      ...{ tasks: store.tasks, assets: store.assets, files, artifacts, submit: submitCounted },
      ...{ authenticate: authenticator.authenticate, input: results.input, result: results.result },
      untilEnded: (company, id, timeoutMs, signal) =>
        changes.untilEnded(operations, { company, id, timeoutMs, signal }),
      stop: (company, id) => operations.cancelTask(company, id),
      mediaModels: config.mediaModels,
      settings: config.twelvelabs,
    },
    redis,
    metrics,
    pingStore: () => store.ping(),
  }
}
