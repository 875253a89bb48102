import {
  defaultImageModel,
  defaultMediaModels,
  defaultTextModel,
  parseMediaModels,
  parseModels,
} from '@inferq/contracts'
import { z } from 'zod'
import { filesVariables } from './files-place.ts'
import { secret, variable } from './variable.ts'

export const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, 'is not a whole number')
    .transform(Number)
    .pipe(z.number().min(min, `is less than ${min}`).max(max, `is more than ${max}`))

export const seconds = (max: number) =>
  z
    .string()
    .regex(/^\d+(\.\d+)?$/, 'is not a number of seconds')
    .transform(Number)
    .pipe(z.number().max(max, `is more than ${max} seconds`))
    .transform((value) => value * 1_000)

export const flag = z
  .enum(['true', 'false', '1', '0'], 'is neither true nor false')
  .transform((text) => /^(true|1)$/.test(text))

export const text = z.string()

export const redisUrl = z.string().regex(/^rediss?:\/\/\S+$/, 'is not an address like redis://host:6379')

/** ClearML's API makes queues with longer and odder names than ours does; a worker can watch those too. */
const maxWatchedNameLength = 500

const QueueNameToWatch = z
  .string()
  .max(maxWatchedNameLength, `a queue name has at most ${maxWatchedNameLength} characters`)

export const commaSeparated = z.string().transform((list) =>
  list
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
)

/** IP addresses and networks in CIDR form. */
export const networks = commaSeparated.pipe(
  z.array(
    z.union(
      [z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()],
      'names what is neither an address nor a network like 10.0.0.0/8',
    ),
  ),
)

export const queueNames = commaSeparated
  .transform((names) => [...new Set(names)])
  .pipe(z.array(QueueNameToWatch).min(1, 'names no queue'))

/** Text that a function reads, whose errors say what is wrong with it. */
const readBy = <Value>(read: (text: string) => Value) =>
  z.string().transform((text, context) => {
    try {
      return read(text)
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message })
      return z.NEVER
    }
  })

export const models = readBy(parseModels)

const orNone = z.string().transform((list) => (list === 'none' ? '' : list))

/** The same of models that run in the worker itself, or the word `none`. */
export const localModels = orNone.pipe(models).transform((sources, context) => {
  const remote = sources.find(({ kind }) => kind === 'http')
  if (remote) context.addIssue(`model "${remote.name}" must be in the worker: only texts are sent to servers`)
  return sources
})

const mediaModels = orNone.pipe(readBy(parseMediaModels))

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/** Settings that mean the same in every program. */
export const commonVariables = {
  REDIS_URL: secret('redis://127.0.0.1:6379', 'Where Redis is; `rediss://` for TLS.', redisUrl),
  INFERQ_DATA_DIR: variable('.inferq', 'Folder of everything that is kept on disk.', text),
  ...filesVariables,
  INFERQ_TEXT_MODELS: variable(
    defaultTextModel,
    'Models for `embed.text`, separated by commas, the first being the default: `name` or `name=source`, where a ' +
      'source is a hub id, a folder, or `http(s)://server/v1#model-name-there`. The api refuses tasks for others.',
    models,
  ),
  INFERQ_IMAGE_MODELS: variable(
    defaultImageModel,
    'Models for `classify.image` and `detect.image`, in the same way, a source being a hub id or a folder; `none` for ' +
      'none. A worker that has not got what the built-in one needs goes without it; any other model must load.',
    localModels,
  ),
  INFERQ_MEDIA_MODELS: variable(
    defaultMediaModels,
    'Models for `embed.video` and `embed.audio`, separated by semicolons, the first being the default; `none` for none. ' +
      'Each is a name and the length of its vectors, and which of the other models it is made of: ' +
      '`name=512,text=...,image=...,audio=...,speech=...`. Other jobs that embed take these names too. Of the usual one, a ' +
      'part that is not among the models of its kind is the first of them.',
    mediaModels,
  ),
  LOG_LEVEL: variable(
    'info',
    `The least level that is logged: ${logLevels.join(', ')}.`,
    z.enum(logLevels, `is none of ${logLevels.join(', ')}`),
  ),
  LOG_PRETTY: variable('false', 'Log lines for people at a terminal; JSON otherwise.', flag),
} as const
