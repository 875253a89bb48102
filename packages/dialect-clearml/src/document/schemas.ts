import { z } from 'zod'
import { anyObject, defaulted, list, map, object, optional, strict, text, whole } from '../transport/fields.ts'
import { compareRows } from './compare-rows.ts'
import { onlyGiven } from './only-given.ts'

/** The parts of a task as a request may hold them (contract B). What answers add stands with each part's reader. */

export const taskTypes = [
  'training',
  'testing',
  'inference',
  'data_processing',
  'application',
  'monitor',
  'controller',
  'report',
  'optimizer',
  'service',
  'qc',
  'custom',
] as const
export const taskType = z.enum(taskTypes)

const trimmed = text.trim()
/** What addresses a section, a parameter or a configuration; blanks around it do not count. */
export const nameKey = trimmed.min(1, 'expected a name that is not empty')

export const script = strict({
  binary: optional(trimmed),
  repository: optional(trimmed),
  tag: optional(trimmed),
  branch: optional(trimmed),
  version_num: optional(trimmed),
  entry_point: optional(trimmed),
  working_dir: optional(trimmed),
  requirements: optional(anyObject),
  diff: optional(text),
}).transform(onlyGiven)
export type Script = z.output<typeof script>

export const artifactMode = z.enum(['input', 'output'])
/** An artifact is known by its key and its mode. */
export const artifactId = strict({
  key: text,
  mode: defaulted(artifactMode, 'output'),
})
export type ArtifactId = z.output<typeof artifactId>

const artifactTypeData = strict({
  preview: optional(text),
  content_type: optional(text),
  data_hash: optional(text),
}).transform(onlyGiven)

const displayRow = list(z.union([text, z.number(), z.null()]))

export const artifact = artifactId
  .extend({
    type: text,
    uri: optional(text),
    hash: optional(text),
    content_size: optional(whole),
    timestamp: optional(whole),
    type_data: optional(artifactTypeData),
    display_data: optional(list(displayRow).transform((rows) => rows.sort(compareRows))),
  })
  .transform(onlyGiven)
export type Artifact = z.output<typeof artifact>

export const execution = object({
  framework: optional(text),
  model_labels: optional(map(whole.nullable())),
  artifacts: optional(list(artifact)),
  // From here on: the words of older clients, which are written into other parts.
  parameters: optional(z.record(nameKey, z.unknown())),
  model_desc: optional(z.record(nameKey, z.unknown())),
  model: optional(text),
  docker_cmd: optional(text),
}).transform(onlyGiven)
export type Execution = z.output<typeof execution>

export const output = strict({
  destination: optional(text),
  error: optional(text),
  result: optional(z.enum(['success', 'failure'])),
  model: optional(text),
}).transform(onlyGiven)
export type Output = z.output<typeof output>

/** `updated` is read from the clock, whatever a client sends back. */
export const taskModelItem = strict({ name: text, model: text, updated: z.unknown().optional() }).transform(
  ({ name, model }) => ({
    name,
    model,
  }),
)
export const models = strict({ input: optional(list(taskModelItem)), output: optional(list(taskModelItem)) }).transform(
  onlyGiven,
)
export type TaskModelItem = { name: string; model: string; updated?: string }
export type Models = z.output<typeof models>

export const modelType = z.enum(['input', 'output'])
export type ModelType = z.output<typeof modelType>

const itemFields = { value: text, type: optional(text), description: optional(text) }

/** In create and edit it stands in a map, whose keys say where it belongs. */
export const paramsItem = strict({ section: nameKey, name: nameKey, ...itemFields }).transform(onlyGiven)
export type ParamsItem = z.output<typeof paramsItem>
export const hyperparams = z.record(nameKey, z.record(nameKey, paramsItem))
export type Hyperparams = Record<string, Record<string, ParamsItem>>

/** Without a name: the whole section. */
export const paramKey = strict({
  section: nameKey,
  name: optional(trimmed).transform((name) => name || undefined),
}).transform(onlyGiven)
export type ParamKey = z.output<typeof paramKey>

export const configurationItem = strict({ name: nameKey, ...itemFields }).transform(onlyGiven)
export type ConfigurationItem = z.output<typeof configurationItem>
export const configuration = z.record(nameKey, configurationItem)
export type Configuration = Record<string, ConfigurationItem>

export const container = map(text.nullable())
export type Container = Record<string, string | null>
