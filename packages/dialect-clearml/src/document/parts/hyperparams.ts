import type { DetailedTask } from '@inferq/domain'
import { compareText } from '../compare-text.ts'
import type { Hyperparams, ParamsItem } from '../schemas.ts'

/** The section of what users note about a task; it may change at any time, and its name is stored in lower case. */
export const propertiesSection = 'properties'

export const hyperparamsOf = ({ hyperparams }: Pick<DetailedTask, 'hyperparams'>): Hyperparams =>
  (hyperparams ?? {}) as Hyperparams

/** The parameters of one section by name; empty where there is no such section. */
export const sectionOf = (hyperparams: Hyperparams, section: string): Record<string, ParamsItem> =>
  Object.hasOwn(hyperparams, section) ? (hyperparams[section] as Record<string, ParamsItem>) : {}

/** All parameters of all sections, sorted by section, then name. */
export const parametersOf = (hyperparams: Hyperparams): ParamsItem[] =>
  Object.values(hyperparams)
    .flatMap((section) => Object.values(section))
    .sort((one, other) => compareText(one.section, other.section) || compareText(one.name, other.name))

export const isProperties = (section: string): boolean => section.toLowerCase() === propertiesSection

/** The section's name as it is stored. */
export const storedSection = (section: string): string => (isProperties(section) ? propertiesSection : section)

export const withLowerCaseProperties = (hyperparams: Hyperparams): Hyperparams =>
  Object.fromEntries(
    Object.entries(hyperparams).map(([section, items]) => [
      storedSection(section),
      isProperties(section) ? inSection(propertiesSection, items) : items,
    ]),
  )

const inSection = (section: string, items: Record<string, ParamsItem>): Record<string, ParamsItem> =>
  Object.fromEntries(Object.entries(items).map(([name, item]) => [name, { ...item, section }]))
