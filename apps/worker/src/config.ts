import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { z } from 'zod'
import { type VariableName, type VariableValues, variables } from './variables.ts'

export type Config = ReturnType<typeof configOf>

/** Everything that is wrong with the settings, one line each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(`the settings are wrong:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

/** Reads the environment, and `--queues` and `--concurrency`, which win. Throws a ConfigError that lists all problems. */
export function readConfig(env: NodeJS.ProcessEnv, args: readonly string[] = []): Config {
  const problems: string[] = []
  const texts = { ...env, ...readFlags(args, problems) }
  const values: Partial<Record<VariableName, unknown>> = {}
  for (const name of Object.keys(variables) as VariableName[]) {
    const { default: fallback, schema } = variables[name]
    // A variable that is set to nothing is one that is not set: compose files pass those.
    const text = texts[name]?.trim() || (fallback ?? undefined)
    const parsed = (schema as z.ZodType).safeParse(text)
    if (parsed.success) values[name] = parsed.data
    else problems.push(...parsed.error.issues.map(({ message }) => describe(name, text, message)))
  }
  if (problems.length > 0) throw new ConfigError(problems)
  return configOf(values as VariableValues)
}

const flags = { queues: 'INFERQ_QUEUES', concurrency: 'INFERQ_CONCURRENCY' } as const satisfies Record<
  string,
  VariableName
>

function readFlags(args: readonly string[], problems: string[]): Partial<Record<VariableName, string>> {
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

function describe(name: VariableName, text: string | undefined, problem: string): string {
  const isSecret = 'isSecret' in variables[name]
  return isSecret || text === undefined ? `${name} ${problem}` : `${name}: "${text}" ${problem}`
}

function configOf(values: VariableValues) {
  const dataDir = resolve(values.INFERQ_DATA_DIR)
  return {
    workerId: values.INFERQ_WORKER_ID ?? `${hostname()}-${process.pid}-${randomBytes(3).toString('hex')}`,
    company: values.INFERQ_COMPANY,
    queues: values.INFERQ_QUEUES,
    concurrency: values.INFERQ_CONCURRENCY,
    redisUrl: values.REDIS_URL,
    filesDir: resolve(values.INFERQ_FILES_DIR ?? join(dataDir, 'files')),
    engines: {
      models: values.INFERQ_TEXT_MODELS,
      modelsDir: resolve(values.INFERQ_MODELS_DIR ?? join(dataDir, 'models')),
      device: values.INFERQ_DEVICE,
      threads: values.INFERQ_ENGINE_THREADS,
      maxBatchItems: values.INFERQ_MAX_BATCH_ITEMS,
      maxBatchTokens: values.INFERQ_MAX_BATCH_TOKENS,
      allowRemoteModels: values.INFERQ_ALLOW_REMOTE_MODELS,
      httpApiKey: values.INFERQ_HTTP_ENGINE_API_KEY,
    },
    shutdown: { graceMs: values.INFERQ_SHUTDOWN_GRACE_SECONDS, forceMs: values.INFERQ_SHUTDOWN_FORCE_SECONDS },
    log: { level: values.LOG_LEVEL, pretty: values.LOG_PRETTY },
  } as const
}
