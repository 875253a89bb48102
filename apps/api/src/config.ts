import { resolve } from 'node:path'
import { maxS3FileBytes } from '@inferq/files'
import { ConfigError, filesPlaceOf, readSettings } from '@inferq/service'
import { variables } from './variables.ts'

export type Config = ReturnType<typeof readConfig>

const dayMs = 86_400_000

/** Reads the environment, once. Throws a ConfigError that lists all problems. */
export function readConfig(env: NodeJS.ProcessEnv) {
  const values = readSettings(variables, env)
  const dataDir = resolve(values.INFERQ_DATA_DIR)
  const files = filesPlaceOf(values, dataDir)
  if (files.s3 && values.INFERQ_MAX_FILE_BYTES > maxS3FileBytes) {
    throw new ConfigError([`INFERQ_MAX_FILE_BYTES is more than ${maxS3FileBytes}, which is the most in a bucket`])
  }
  return {
    host: values.HOST,
    port: values.PORT,
    filesPort: values.INFERQ_FILES_PORT ?? null,
    redisUrl: values.REDIS_URL,
    databaseUrl: values.DATABASE_URL,
    dataDir,
    files,
    firstCredential: { accessKey: values.INFERQ_ACCESS_KEY, secretKey: values.INFERQ_SECRET_KEY },
    models: [...values.INFERQ_TEXT_MODELS, ...values.INFERQ_IMAGE_MODELS, ...values.INFERQ_MEDIA_MODELS].map(
      ({ name }) => name,
    ),
    mediaModels: values.INFERQ_MEDIA_MODELS.map(({ name }) => name),
    limits: {
      queueCapacity: values.INFERQ_QUEUE_CAPACITY,
      maxQueuesPerCompany: values.INFERQ_MAX_QUEUES,
      maxBodyBytes: values.INFERQ_MAX_BODY_BYTES,
      leaseSeconds: values.INFERQ_CLEARML_LEASE_SECONDS,
    },
    artifacts: { maxFileBytes: values.INFERQ_MAX_FILE_BYTES, quotaBytes: values.INFERQ_FILES_QUOTA_BYTES || null },
    clearml: {
      strictEnqueue: values.INFERQ_CLEARML_STRICT_ENQUEUE,
      leaseSeconds: values.INFERQ_CLEARML_LEASE_SECONDS,
    },
    deepomatic: { queue: values.INFERQ_DEEPOMATIC_QUEUE },
    twelvelabs: {
      queue: values.INFERQ_TWELVELABS_QUEUE,
      retentionMs: values.INFERQ_TWELVELABS_RETENTION_DAYS * dayMs || Number.POSITIVE_INFINITY,
    },
    filesGraceMs: values.INFERQ_FILES_GRACE_SECONDS,
    eventsKeptMs: values.INFERQ_EVENTS_RETENTION_DAYS * dayMs || null,
    agentSilenceMs: values.INFERQ_CLEARML_SILENCE_SECONDS * 1_000,
    corsOrigins: values.INFERQ_CORS_ORIGINS,
    trustedProxies: values.INFERQ_TRUSTED_PROXIES,
    shutdownGraceMs: values.INFERQ_API_GRACE_SECONDS,
    log: { level: values.LOG_LEVEL, pretty: values.LOG_PRETTY },
  } as const
}
