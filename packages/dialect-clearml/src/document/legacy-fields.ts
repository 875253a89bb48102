import type { DetailedTask } from '@inferq/domain'
import { type ApiVersion, isBefore } from '../call.ts'
import { onlyGiven } from './only-given.ts'
import { configurationOf } from './parts/configuration.ts'
import { containerOf } from './parts/container.ts'
import { hyperparamsOf } from './parts/hyperparams.ts'
import { modelsOf } from './parts/models.ts'
import type { Configuration, Container, Hyperparams, Models, TaskModelItem } from './schemas.ts'
import type { TaskFields } from './task-fields.ts'
import type { TaskInputs } from './task-inputs.ts'

/** The type of items that older clients wrote. */
export const legacyType = 'legacy'
const defaultSection = 'Args'
export const tensorflowSection = 'TF_DEFINE'
export const legacyModelName = 'Input Model'
/** Before, a task named one model of each kind and its container in other places. */
export const modelsSince: ApiVersion = [2, 13]
/** Before, system tags were among the tags. */
const systemTagsSince: ApiVersion = [2, 3]
const oldSystemTags = /^(?:active|archived|development|annotat.*)$/

/** The same fields with what older clients say under `execution` where it belongs today (contract A.8). */
export function withoutLegacy(
  fields: TaskFields,
  present: DetailedTask | null,
  inputs: TaskInputs,
  version: ApiVersion,
): TaskFields {
  const { parameters, model_desc, model, docker_cmd, ...execution } = fields.execution ?? {}
  const { model: outputModel, ...output } = fields.output ?? {}
  const modern: TaskFields = { ...fields }
  if (fields.execution) modern.execution = execution
  if (fields.output) modern.output = output
  if (parameters) modern.hyperparams = withParameters(fields.hyperparams ?? keptHyperparams(present), parameters)
  if (model_desc) {
    modern.configuration = withDescriptions(fields.configuration ?? keptConfiguration(present, inputs), model_desc)
  }
  if (isBefore(version, systemTagsSince) && fields.tags) {
    modern.tags = fields.tags.filter((tag) => !oldSystemTags.test(tag))
    modern.system_tags = fields.tags.filter((tag) => oldSystemTags.test(tag))
  }
  if (!isBefore(version, modelsSince)) return modern
  return {
    ...modern,
    ...onlyGiven({ models: modelsOfIds(modern, present, model, outputModel) }),
    ...containerFields(present, docker_cmd),
  }
}

/** The first input and the last output by their ids alone. */
function modelsOfIds(
  { models: given }: TaskFields,
  present: DetailedTask | null,
  input: string | undefined,
  output: string | undefined,
): Models | undefined {
  if (input === undefined && output === undefined) return given
  const models = present ? modelsOf(present) : { input: [], output: [] }
  const last = Math.max(models.output.length - 1, 0)
  return {
    ...given,
    ...(input === undefined ? {} : { input: withModelAt(models.input, 0, input) }),
    ...(output === undefined ? {} : { output: withModelAt(models.output, last, output) }),
  }
}

const containerFields = (present: DetailedTask | null, command: string | undefined): Pick<TaskFields, 'container'> =>
  command === undefined ? {} : { container: { ...(present && containerOf(present)), ...containerOfCommand(command) } }

/** `image and arguments` as the older field has them in one text. */
export function containerOfCommand(command: string): Container {
  const [image = '', ...rest] = command.trim().split(/\s+/)
  return { image, arguments: rest.join(' ') }
}

function withParameters(kept: Hyperparams, parameters: Readonly<Record<string, unknown>>): Hyperparams {
  const hyperparams = { ...kept }
  for (const [path, value] of Object.entries(parameters)) {
    const isTensorflow = path.startsWith(`${tensorflowSection}/`)
    const section = isTensorflow ? tensorflowSection : defaultSection
    const name = isTensorflow ? path.slice(tensorflowSection.length + 1) : path
    hyperparams[section] = {
      ...hyperparams[section],
      [name]: { section, name, type: legacyType, value: textOf(value) },
    }
  }
  return hyperparams
}

const withDescriptions = (kept: Configuration, descriptions: Readonly<Record<string, unknown>>): Configuration => ({
  ...kept,
  ...Object.fromEntries(
    Object.entries(descriptions).map(([name, value]) => [name, { name, type: legacyType, value: textOf(value) }]),
  ),
})

function keptHyperparams(present: DetailedTask | null): Hyperparams {
  if (!present) return {}
  const sections = Object.entries(hyperparamsOf(present)).map(
    ([name, items]) => [name, withoutLegacyItems(items)] as const,
  )
  return Object.fromEntries(sections.filter(([, items]) => Object.keys(items).length > 0))
}

const keptConfiguration = (present: DetailedTask | null, inputs: TaskInputs): Configuration =>
  present ? withoutLegacyItems(configurationOf(present, inputs.textOf(present))) : {}

const withoutLegacyItems = <Item extends { type?: string }>(items: Record<string, Item>): Record<string, Item> =>
  Object.fromEntries(Object.entries(items).filter(([, { type }]) => type !== legacyType))

/** An empty id takes the model away. */
function withModelAt(items: readonly TaskModelItem[], index: number, model: string): TaskModelItem[] {
  const name = items[index]?.name ?? legacyModelName
  return model === '' ? items.toSpliced(index, 1) : items.toSpliced(index, 1, { name, model })
}

/** Python's way of writing a plain value as text. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return JSON.stringify(value)
}
