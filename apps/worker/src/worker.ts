import { createEngines, type Engines } from '@inferq/engines'
import { createFetcher } from '@inferq/fetcher'
import { openFiles } from '@inferq/files'
import {
  consumeJobs,
  createImageModelAnnouncer,
  createOutcomeWriter,
  forgetWorker,
  heartbeatIntervalMs,
  listenForStops,
  patientConnection,
  readStopFlags,
  reportWorker,
  requestConnection,
  untilReady,
} from '@inferq/queue'
import type { Cleanup } from '@inferq/service'
import type { Logger } from '@inferq/telemetry'
import type { Config } from './config.ts'
import { drain } from './drain.ts'
import { handlers } from './handlers/index.ts'
import { startHeartbeat } from './heartbeat.ts'
import { createImageLoader } from './load-images.ts'
import { createMachineReport } from './machine-report.ts'
import { openMedia } from './open-media.ts'
import { createRunJob } from './run-job.ts'
import { createRunningJobs } from './running-jobs.ts'

const redisPatienceMs = 3_000

export interface Worker {
  /** Takes no more jobs, and ends those it holds; see drain.ts. */
  drain(hurry: AbortSignal): Promise<void>
}

/** Opens everything in order, leaves word in `cleanup` of how to close it, and takes jobs once every model is loaded. */
export async function openWorker(config: Config, log: Logger, cleanup: Cleanup): Promise<Worker> {
  const { workerId, company, queues, concurrency, shutdown } = config

  const connect = (open: typeof patientConnection, purpose: string) => {
    const redis = open({ url: config.redisUrl, name: `${workerId}/${purpose}`, log })
    cleanup.add(`redis ${purpose}`, () => redis.disconnect())
    return redis
  }
  // Jobs and their outcomes outlive an outage; what is asked again within a second or two need not.
  const redis = connect(patientConnection, 'jobs')
  const outcomes = connect(patientConnection, 'outcomes')
  const stops = connect(patientConnection, 'stops')
  const requests = connect(requestConnection, 'requests')
  // Redis may come later than we do: the connection logs that, and jobs wait for it.
  await untilReady(requests, redisPatienceMs).catch(() => {})

  const files = await openFiles(config.files)
  cleanup.add('files', () => files.close())
  const fetcher = createFetcher(config.images.fetch)
  cleanup.add('fetcher', () => fetcher.close())
  const media = await openMedia(config.media, { files, log, cleanup })
  const engines = createEnginesOf(config, log)
  const running = createRunningJobs({ readStopFlags: (ref, ids) => readStopFlags(requests, ref, ids), log })
  cleanup.add('running jobs', () => running.close())

  const announceImageModels = createImageModelAnnouncer(requests, company)
  const heartbeat = startHeartbeat({
    intervalMs: heartbeatIntervalMs,
    workerId,
    queues,
    concurrency,
    runningIds: running.ids,
    describeModels: engines.describe,
    readMachine: createMachineReport(),
    async report(report) {
      await reportWorker(requests, company, report)
      await announceImageModels(engines.describeImages())
    },
    forget: () => forgetWorker(requests, company, workerId),
    log,
  })
  cleanup.add('heartbeat', () => heartbeat.stop())

  cleanup.add('engines', () => engines.close())
  await engines.warmUp()
  await listenForStops(stops, running.stop)

  const run = createRunJob({
    workerId,
    handlers,
    engines,
    files,
    loadImages: createImageLoader({ files, fetcher, ...config.images }),
    ...media,
    running,
    report: createOutcomeWriter(outcomes),
    isStopRequested: async ({ ref, jobId }) => (await readStopFlags(requests, ref, [jobId])).length > 0,
    log,
  })
  const consumers = queues.map((queue) => consumeJobs({ redis, ref: { company, queue }, concurrency, run, log }))
  for (const consumer of consumers) {
    cleanup.add('consumer', () => consumer.close())
    consumer.start()
  }
  heartbeat.setState('running')
  log.info({ queues, concurrency, models: engines.describe() }, 'worker is ready')

  return {
    drain(hurry) {
      heartbeat.setState('draining')
      return drain({ consumers, running, ...shutdown, hurry, log })
    },
  }
}

function createEnginesOf({ engines: settings, images }: Config, log: Logger): Engines {
  const { models, imageModels, audioModels, speechModels, mediaModels, modelsDir } = settings
  const { device, threads, maxBatchItems, maxBatchTokens, httpApiKey } = settings
  return createEngines({
    ...{ models, imageModels, audioModels, speechModels, mediaModels, modelsDir },
    imageLimits: { maxPixels: images.maxPixels },
    onnx: {
      device,
      allowRemote: settings.allowRemoteModels,
      ...(threads === undefined ? {} : { intraOpThreads: threads }),
      ...(maxBatchItems === undefined ? {} : { maxBatchItems }),
      ...(maxBatchTokens === undefined ? {} : { maxBatchTokens }),
    },
    http: httpApiKey === undefined ? {} : { apiKey: httpApiKey },
    log,
  })
}
