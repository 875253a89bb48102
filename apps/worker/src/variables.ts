import { defaultCompanyId, defaultQueueName, defaultTextModel, parseModels, QueueName } from '@inferq/contracts'
import { z } from 'zod'

interface Variable<Schema extends z.ZodType = z.ZodType> {
  /** What it is when it is absent or empty, as text; null: nothing. */
  readonly default: string | null
  readonly meaning: string
  /** Reads the text; gets undefined when there is neither a value nor a default. */
  readonly schema: Schema
  /** Its value is never repeated in a message. */
  readonly isSecret?: true
}

const variable = <Schema extends z.ZodType>(
  fallback: string | null,
  meaning: string,
  schema: Schema,
): Variable<Schema> => ({ default: fallback, meaning, schema })

const secret = <Schema extends z.ZodType>(...args: Parameters<typeof variable<Schema>>): Variable<Schema> => ({
  ...variable(...args),
  isSecret: true,
})

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, 'is not a whole number')
    .transform(Number)
    .pipe(z.number().min(min, `is less than ${min}`).max(max, `is more than ${max}`))

const seconds = (max: number) =>
  z
    .string()
    .regex(/^\d+(\.\d+)?$/, 'is not a number of seconds')
    .transform(Number)
    .pipe(z.number().max(max, `is more than ${max} seconds`))
    .transform((value) => value * 1_000)

const flag = z
  .enum(['true', 'false', '1', '0'], 'is neither true nor false')
  .transform((text) => /^(true|1)$/.test(text))

const text = z.string()

const redisUrl = z.string().regex(/^rediss?:\/\/\S+$/, 'is not an address like redis://host:6379')

const queueNames = z
  .string()
  .transform((list) => [...new Set(list.split(',').map((name) => name.trim()))].filter((name) => name !== ''))
  .pipe(z.array(QueueName).min(1, 'names no queue'))

const models = z.string().transform((list, context) => {
  try {
    return parseModels(list)
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message })
    return z.NEVER
  }
})

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/** Every setting of a worker, in the order in which they are documented. */
export const variables = {
  REDIS_URL: secret('redis://127.0.0.1:6379', 'Where Redis is; `rediss://` for TLS.', redisUrl),
  INFERQ_QUEUES: variable(defaultQueueName, 'Queues to take jobs from, separated by commas.', queueNames),
  INFERQ_CONCURRENCY: variable('8', 'Jobs that run at once, per queue.', wholeNumber(1, 1_000)),
  INFERQ_COMPANY: variable(
    defaultCompanyId,
    'Whose queues they are: the id of a company.',
    z.string().regex(/^[0-9a-f]{32}$/, 'is not a company id, which is 32 lower-case hex digits'),
  ),
  INFERQ_WORKER_ID: variable(
    null,
    'Under which name it reports; unique among the workers of a company. Absent: host, process and a random part.',
    z.string().max(200, 'is longer than 200 characters').optional(),
  ),
  INFERQ_DATA_DIR: variable('.inferq', 'Folder of everything that the worker keeps.', text),
  INFERQ_FILES_DIR: variable(
    null,
    'Folder of large inputs and results, which the api shares. Absent: `files` in the data folder.',
    text.optional(),
  ),
  INFERQ_MODELS_DIR: variable(null, 'Folder of models. Absent: `models` in the data folder.', text.optional()),
  INFERQ_TEXT_MODELS: variable(
    defaultTextModel,
    'Models for `embed.text`, separated by commas, the first being the default: `name` or `name=source`, where a ' +
      'source is a hub id, a folder, or `http(s)://server/v1#model-name-there`.',
    models,
  ),
  INFERQ_DEVICE: variable(
    'auto',
    'Where models compute: `auto` (CUDA where it works, else the CPU), `cpu`, `cuda` or `webgpu`.',
    z.enum(['auto', 'cpu', 'cuda', 'webgpu'], 'is none of auto, cpu, cuda, webgpu'),
  ),
  INFERQ_ENGINE_THREADS: variable(
    null,
    'Threads of one inference on the CPU. Absent: all cores.',
    wholeNumber(1, 1_024).optional(),
  ),
  INFERQ_MAX_BATCH_ITEMS: variable(
    null,
    'Texts that go through a model at once. Absent: what suits the device.',
    wholeNumber(1, 100_000).optional(),
  ),
  INFERQ_MAX_BATCH_TOKENS: variable(
    null,
    'Tokens that go through a model at once. Absent: what suits the device.',
    wholeNumber(1, 100_000_000).optional(),
  ),
  INFERQ_ALLOW_REMOTE_MODELS: variable('true', 'Whether models may be downloaded from the hub.', flag),
  INFERQ_HTTP_ENGINE_API_KEY: secret(null, 'Sent as bearer token to model servers.', text.optional()),
  INFERQ_SHUTDOWN_GRACE_SECONDS: variable(
    '25',
    'After SIGTERM: how long running jobs may go on. Then they are aborted and go back to their queue.',
    seconds(86_400),
  ),
  INFERQ_SHUTDOWN_FORCE_SECONDS: variable(
    '5',
    'How long aborted jobs may take to end. Then the process ends without them, and other workers recover them.',
    seconds(3_600),
  ),
  LOG_LEVEL: variable(
    'info',
    `The least level that is logged: ${logLevels.join(', ')}.`,
    z.enum(logLevels, `is none of ${logLevels.join(', ')}`),
  ),
  LOG_PRETTY: variable('false', 'Log lines for people at a terminal; JSON otherwise.', flag),
} as const satisfies Record<string, Variable>

export type VariableName = keyof typeof variables
export type VariableValues = { readonly [Name in VariableName]: z.output<(typeof variables)[Name]['schema']> }
