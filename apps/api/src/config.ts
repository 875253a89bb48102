import path from 'node:path'
import { defaultTextModel, parseModels } from '@inferq/contracts'
import { z } from 'zod'

interface Variable {
  name: string
  default: string
  meaning: string
}

/** What the api reads from its environment; docs/configuration.md lists the same, held by a test. */
export const variables = [
  { name: 'HOST', default: '127.0.0.1', meaning: 'Address to listen on.' },
  { name: 'PORT', default: '8008', meaning: 'Port to listen on.' },
  {
    name: 'REDIS_URL',
    default: 'redis://127.0.0.1:6379',
    meaning: 'The queue. `npm start` runs a private Redis when unset.',
  },
  {
    name: 'DATABASE_URL',
    default: '',
    meaning: 'The record: a Postgres 15 or newer. Unset: an embedded one in the data folder.',
  },
  { name: 'INFERQ_DATA_DIR', default: '.inferq', meaning: 'Folder for everything kept on disk.' },
  { name: 'INFERQ_FILES_DIR', default: '<data>/files', meaning: 'Large inputs and results; api and workers share it.' },
  { name: 'INFERQ_ACCESS_KEY', default: '', meaning: 'Access key of the first credential; made up when unset.' },
  {
    name: 'INFERQ_SECRET_KEY',
    default: '',
    meaning: 'Secret key of the first credential; made up, and printed once, when unset.',
  },
  {
    name: 'INFERQ_TEXT_MODELS',
    default: defaultTextModel,
    meaning: 'Models to accept: `name` or `name=source`, separated by commas; the first is the default.',
  },
  {
    name: 'INFERQ_QUEUE_CAPACITY',
    default: '100000',
    meaning: 'Tasks that may wait in one queue; more are answered 429.',
  },
  { name: 'INFERQ_MAX_QUEUES', default: '1000', meaning: 'Queues that one company may have.' },
  { name: 'INFERQ_MAX_BODY_BYTES', default: '16777216', meaning: 'Largest request body.' },
  { name: 'INFERQ_CORS_ORIGINS', default: '', meaning: 'Origins whose pages may call the API, separated by commas.' },
  { name: 'INFERQ_API_GRACE_SECONDS', default: '10', meaning: 'On SIGTERM: how long requests may finish.' },
  { name: 'LOG_LEVEL', default: 'info', meaning: '`debug`, `info`, `warn` or `error`.' },
  { name: 'LOG_PRETTY', default: 'false', meaning: '`true`: log lines for people instead of JSON.' },
] as const satisfies readonly Variable[]

type Name = (typeof variables)[number]['name']
const fallback = (name: Name) => variables.find((variable) => variable.name === name)?.default ?? ''

const text = (name: Name) => z.string().default(fallback(name))
const optional = z.string().min(1).optional()
const integer = (name: Name, min: number, max: number) =>
  z.coerce
    .number()
    .int()
    .min(min)
    .max(max)
    .default(Number(fallback(name)))

const Environment = z.object({
  HOST: text('HOST'),
  PORT: integer('PORT', 0, 65_535),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).default(fallback('REDIS_URL')),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  INFERQ_DATA_DIR: text('INFERQ_DATA_DIR'),
  INFERQ_FILES_DIR: optional,
  INFERQ_ACCESS_KEY: optional,
  INFERQ_SECRET_KEY: optional,
  INFERQ_TEXT_MODELS: text('INFERQ_TEXT_MODELS').transform(readModels),
  INFERQ_QUEUE_CAPACITY: integer('INFERQ_QUEUE_CAPACITY', 1, 10_000_000),
  INFERQ_MAX_QUEUES: integer('INFERQ_MAX_QUEUES', 1, 100_000),
  INFERQ_MAX_BODY_BYTES: integer('INFERQ_MAX_BODY_BYTES', 1_024, 1_073_741_824),
  INFERQ_CORS_ORIGINS: text('INFERQ_CORS_ORIGINS'),
  INFERQ_API_GRACE_SECONDS: integer('INFERQ_API_GRACE_SECONDS', 0, 600),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  LOG_PRETTY: z.stringbool().default(false),
})

export type Config = ReturnType<typeof readConfig>

/** Parses the environment once. Throws an Error that lists every problem. An empty variable counts as unset. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>) {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(given)
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`the configuration is not valid:\n${problems.join('\n')}`)
  }
  const env = parsed.data
  return {
    host: env.HOST,
    port: env.PORT,
    redisUrl: env.REDIS_URL,
    databaseUrl: env.DATABASE_URL,
    dataDir: env.INFERQ_DATA_DIR,
    filesDir: env.INFERQ_FILES_DIR ?? path.join(env.INFERQ_DATA_DIR, 'files'),
    firstCredential: { accessKey: env.INFERQ_ACCESS_KEY, secretKey: env.INFERQ_SECRET_KEY },
    models: env.INFERQ_TEXT_MODELS,
    limits: {
      queueCapacity: env.INFERQ_QUEUE_CAPACITY,
      maxQueuesPerCompany: env.INFERQ_MAX_QUEUES,
      maxBodyBytes: env.INFERQ_MAX_BODY_BYTES,
    },
    corsOrigins: env.INFERQ_CORS_ORIGINS.split(',').filter((origin) => origin !== ''),
    shutdownGraceMs: env.INFERQ_API_GRACE_SECONDS * 1_000,
    log: { level: env.LOG_LEVEL, pretty: env.LOG_PRETTY },
  } as const
}

function readModels(value: string, context: z.RefinementCtx): string[] {
  try {
    return parseModels(value).map(({ name }) => name)
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message })
    return z.NEVER
  }
}
