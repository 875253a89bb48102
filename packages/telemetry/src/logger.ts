import { type DestinationStream, type Level, type LoggerOptions as PinoOptions, pino, stdTimeFunctions } from 'pino'
import { prettyFactory } from 'pino-pretty'

export type { Logger } from 'pino'
export type LogLevel = Level | 'silent'

export interface LoggerOptions {
  /** The service: `api`, `worker`. On every line, as `service`. */
  name: string
  level?: LogLevel
  /** For people at a terminal; JSON lines otherwise. */
  pretty?: boolean
  /** Fields for every line, such as the id of a worker. */
  fields?: Record<string, unknown>
  /** Where the lines go; standard output when absent. */
  destination?: DestinationStream
}

const secretFields = [
  'authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'x-auth-token',
  'password',
  'secret',
  'secretKey',
  'secret_key',
  'token',
]

/** Hides secrets down to `a.b.c.<field>`, which is as deep as request and config objects nest. */
const redactedPaths = ['', '*.', '*.*.', '*.*.*.'].flatMap((prefix) =>
  secretFields.map((field) => (field.includes('-') ? `${prefix.replace(/\.$/, '')}["${field}"]` : `${prefix}${field}`)),
)

/** A logger whose lines are a constant message plus fields, and never hold a secret in a field named like one. */
export function createLogger({ name, level = 'info', fields = {}, destination, ...options }: LoggerOptions) {
  const settings: PinoOptions = {
    level,
    base: { service: name, ...fields },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: redactedPaths, censor: '[secret]' },
  }
  if (options.pretty !== true) return destination === undefined ? pino(settings) : pino(settings, destination)
  const format = prettyFactory({ ignore: 'service', messageFormat: '{service}: {msg}', singleLine: true })
  const out = destination ?? process.stdout
  // In this thread and unbuffered: the last lines before a crash are the ones that matter.
  return pino(settings, { write: (line) => void out.write(format(line) ?? line) })
}
