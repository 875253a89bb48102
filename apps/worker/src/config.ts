import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { filesPlaceOf, readSettings, type ValuesOf } from '@inferq/service'
import { mediaModelsOf } from './media-models.ts'
import { variables } from './variables.ts'

export type Config = ReturnType<typeof configOf>

/** Reads the environment, and `--queues` and `--concurrency`, which win. Throws a ConfigError that lists all problems. */
export function readConfig(env: NodeJS.ProcessEnv, args: readonly string[] = []): Config {
  const problems: string[] = []
  const texts = { ...env, ...readFlags(args, problems) }
  return configOf(readSettings(variables, texts, problems), env.PATH)
}

const flags = { queues: 'INFERQ_QUEUES', concurrency: 'INFERQ_CONCURRENCY' } as const satisfies Record<
  string,
  keyof typeof variables
>

function readFlags(args: readonly string[], problems: string[]): Record<string, string> {
  try {
    const options = { queues: { type: 'string' }, concurrency: { type: 'string' } } as const
    const { values } = parseArgs({ args: [...args], options })
    return {
      ...(values.queues === undefined ? {} : { [flags.queues]: values.queues }),
      ...(values.concurrency === undefined ? {} : { [flags.concurrency]: values.concurrency }),
    }
  } catch (error) {
    problems.push((error as Error).message)
    return {}
  }
}

function configOf(values: ValuesOf<typeof variables>, PATH: string | undefined) {
  const dataDir = resolve(values.INFERQ_DATA_DIR)
  return {
    workerId: values.INFERQ_WORKER_ID ?? `${hostname()}-${process.pid}-${randomBytes(3).toString('hex')}`,
    company: values.INFERQ_COMPANY,
    queues: values.INFERQ_QUEUES,
    concurrency: values.INFERQ_CONCURRENCY,
    redisUrl: values.REDIS_URL,
    files: filesPlaceOf(values, dataDir),
    engines: {
      models: values.INFERQ_TEXT_MODELS,
      imageModels: values.INFERQ_IMAGE_MODELS,
      audioModels: values.INFERQ_AUDIO_MODELS,
      speechModels: values.INFERQ_SPEECH_MODELS,
      mediaModels: mediaModelsOf(values),
      modelsDir: resolve(values.INFERQ_MODELS_DIR ?? join(dataDir, 'models')),
      device: values.INFERQ_DEVICE,
      threads: values.INFERQ_ENGINE_THREADS,
      maxBatchItems: values.INFERQ_MAX_BATCH_ITEMS,
      maxBatchTokens: values.INFERQ_MAX_BATCH_TOKENS,
      allowRemoteModels: values.INFERQ_ALLOW_REMOTE_MODELS,
      httpApiKey: values.INFERQ_HTTP_ENGINE_API_KEY,
    },
    images: {
      maxImageBytes: values.INFERQ_MAX_IMAGE_BYTES,
      maxPixels: values.INFERQ_MAX_IMAGE_PIXELS,
      maxTaskBytes: values.INFERQ_MAX_TASK_IMAGE_BYTES,
      fetch: { allow: values.INFERQ_FETCH_ALLOW, totalTimeoutMs: values.INFERQ_FETCH_TIMEOUT_SECONDS },
    },
    media: {
      maxMediaBytes: values.INFERQ_MAX_MEDIA_BYTES,
      fetch: { allow: values.INFERQ_FETCH_ALLOW, totalTimeoutMs: values.INFERQ_MEDIA_FETCH_TIMEOUT_SECONDS },
      scratch: {
        folder: resolve(values.INFERQ_SCRATCH_DIR ?? join(dataDir, 'scratch')),
        quotaBytes: values.INFERQ_SCRATCH_BYTES,
      },
      tools: { FFMPEG_PATH: values.FFMPEG_PATH, FFPROBE_PATH: values.FFPROBE_PATH, PATH },
    },
    shutdown: { graceMs: values.INFERQ_SHUTDOWN_GRACE_SECONDS, forceMs: values.INFERQ_SHUTDOWN_FORCE_SECONDS },
    log: { level: values.LOG_LEVEL, pretty: values.LOG_PRETTY },
  } as const
}
