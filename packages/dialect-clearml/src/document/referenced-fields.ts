import type { Model, Project, QueueRecord, User } from '@inferq/domain'
import { compareText } from './compare-text.ts'
import { type FieldWriters, timeOf } from './fields.ts'
import { lastMetricsOf } from './parts/last-metrics.ts'

/** What a reference to one of these can show of it. */

export const companyFields: FieldWriters<[company: { id: string; name: string }]> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
}

export const userFields: FieldWriters<[user: User]> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  company: ({ company }) => company,
  role: ({ role }) => role,
  email: ({ email }) => email ?? undefined,
  given_name: ({ givenName }) => givenName ?? undefined,
  family_name: ({ familyName }) => familyName ?? undefined,
  avatar: ({ avatar }) => avatar ?? undefined,
  created: ({ createdAt }) => timeOf(createdAt),
}

export const projectFields: FieldWriters<[project: Project]> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  basename: ({ name }) => name.slice(name.lastIndexOf('/') + 1),
  description: ({ description }) => description,
  user: ({ user }) => user,
  company: ({ company }) => company,
  created: ({ createdAt }) => timeOf(createdAt),
  last_update: ({ updatedAt }) => timeOf(updatedAt),
  tags: ({ tags }) => tags.toSorted(compareText),
  system_tags: ({ systemTags }) => systemTags.toSorted(compareText),
  parent: ({ parent }) => parent ?? undefined,
  default_output_destination: (project) => project.defaultOutputDestination ?? undefined,
}

/** Without its line. */
export const queueFields: FieldWriters<[queue: QueueRecord]> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  display_name: ({ displayName }) => displayName ?? undefined,
  company: ({ company }) => company,
  created: ({ createdAt }) => timeOf(createdAt),
  last_update: ({ updatedAt }) => timeOf(updatedAt),
  tags: ({ tags }) => tags.toSorted(compareText),
  system_tags: ({ systemTags, isDefault }) =>
    (isDefault ? [...systemTags, 'default'] : systemTags).toSorted(compareText),
  metadata: ({ metadata }) => metadata,
}

export const modelFields: FieldWriters<[model: Model]> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  user: ({ user }) => user,
  company: ({ company }) => company,
  created: ({ createdAt }) => timeOf(createdAt),
  last_update: ({ updatedAt }) => timeOf(updatedAt),
  task: ({ task }) => task ?? undefined,
  parent: ({ parent }) => parent ?? undefined,
  project: ({ project }) => project ?? undefined,
  comment: ({ comment }) => comment,
  tags: ({ tags }) => tags.toSorted(compareText),
  system_tags: ({ systemTags }) => systemTags.toSorted(compareText),
  framework: ({ framework }) => framework ?? undefined,
  uri: ({ uri }) => uri,
  ready: ({ ready }) => ready,
  labels: ({ labels }) => labels,
  design: ({ design }) => design,
  metadata: ({ metadata }) => metadata,
  ui_cache: ({ uiCache }) => uiCache ?? undefined,
  last_iteration: ({ lastIteration }) => lastIteration,
  last_metrics: lastMetricsOf,
}
