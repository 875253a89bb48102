import type { DetailedTask } from '@inferq/domain'
import { compareText } from '../compare-text.ts'
import type { Configuration, ConfigurationItem } from '../schemas.ts'

/** The configuration that is the input of a job. */
export const inputItem = 'input'

/** `inputText`: the input of a task with a job, wherever it is kept; null when it has none. */
export function configurationOf(
  { configuration, job }: Pick<DetailedTask, 'configuration' | 'job'>,
  inputText: string | null,
): Configuration {
  const { [inputItem]: input, ...others } = (configuration ?? {}) as Partial<Configuration>
  if (job === null) return { ...(configuration as Configuration | null) }
  if (inputText === null) return others as Configuration
  return { ...others, [inputItem]: { name: inputItem, type: 'json', ...input, value: inputText } } as Configuration
}

/** What the row keeps of a whole configuration: a job's input apart, as the text that it is. */
export function storeConfiguration(
  job: string | null,
  configuration: Configuration,
): { configuration: Record<string, Partial<ConfigurationItem>>; input: string | null } {
  const { [inputItem]: input, ...others } = configuration as Partial<Configuration>
  if (job === null || input === undefined) return { configuration, input: null }
  const { value, ...described } = input
  return { configuration: { ...(others as Configuration), [inputItem]: described }, input: value }
}

/** Sorted by name. */
export const configurationItems = (configuration: Configuration): ConfigurationItem[] =>
  Object.values(configuration).sort((one, other) => compareText(one.name, other.name))
