/** What the query language may ask of one kind of object. */
export interface Collection {
  readonly name: string
  /** Top-level fields of its document. */
  readonly fields: readonly string[]
  /** Fields with list conditions and filters; `hyperparams.*` stands for every path that begins so. */
  readonly lists: readonly string[]
  /** Of these, the ones whose values are lower-case whatever the request says. */
  readonly lowerCase?: readonly string[]
  /** Fields that are searched with a regular expression. */
  readonly patterns: readonly string[]
  /** Fields with date conditions. */
  readonly dates: readonly string[]
  /** Fields with a minimum and a maximum. */
  readonly ranges?: Readonly<Record<string, 'date' | 'number'>>
  /** Fields that are compared as they are. */
  readonly equals?: readonly string[]
  /** All that are points in time, for `_any_` and `_all_`. */
  readonly datetimes: readonly string[]
  /** What carries the system tag is left out unless one of these request fields is given. */
  readonly hidden?: { readonly tag: string; readonly unless: readonly string[] }
}

const described = ['id', 'name', 'user', 'company', 'created', 'last_update', 'tags', 'system_tags']

export const taskCollection: Collection = {
  name: 'task',
  fields: [
    ...described,
    'type',
    'status',
    'status_reason',
    'status_message',
    'status_changed',
    'comment',
    'report',
    'report_assets',
    'started',
    'completed',
    'published',
    'active_duration',
    'parent',
    'project',
    'output',
    'execution',
    'container',
    'models',
    'script',
    'last_worker',
    'last_worker_report',
    'last_change',
    'last_changed_by',
    'last_iteration',
    'last_metrics',
    'metric_stats',
    'hyperparams',
    'configuration',
    'runtime',
  ],
  lists: [
    'id',
    'user',
    'project',
    'type',
    'status',
    'tags',
    'system_tags',
    'parent',
    'execution.queue',
    'models.input.model',
    'hyperparams.*',
  ],
  lowerCase: ['type'],
  patterns: ['name', 'comment', 'report'],
  dates: ['status_changed', 'last_update', 'last_change'],
  ranges: {
    created: 'date',
    started: 'date',
    active_duration: 'number',
    last_iteration: 'number',
    'last_metrics.*': 'number',
  },
  equals: ['runtime.*'],
  datetimes: [
    'created',
    'started',
    'completed',
    'published',
    'status_changed',
    'last_update',
    'last_change',
    'last_worker_report',
  ],
  hidden: { tag: 'hidden', unless: ['search_hidden', 'id'] },
}

export const projectCollection: Collection = {
  name: 'project',
  fields: [...described, 'basename', 'description', 'parent', 'default_output_destination'],
  lists: ['id', 'user', 'parent', 'tags', 'system_tags'],
  patterns: ['name', 'basename', 'description'],
  dates: ['last_update'],
  ranges: { created: 'date' },
  datetimes: ['created', 'last_update'],
  hidden: { tag: 'hidden', unless: ['search_hidden', 'id'] },
}

export const queueCollection: Collection = {
  name: 'queue',
  fields: [...described.filter((field) => field !== 'user'), 'display_name', 'entries', 'metadata'],
  lists: ['id', 'tags', 'system_tags', 'metadata.*'],
  patterns: ['name'],
  dates: [],
  datetimes: ['created', 'last_update'],
  hidden: { tag: 'k8s-glue', unless: ['search_hidden', 'id', 'name'] },
}

export const modelCollection: Collection = {
  name: 'model',
  fields: [
    ...described,
    'uri',
    'framework',
    'task',
    'parent',
    'project',
    'ready',
    'labels',
    'design',
    'comment',
    'metadata',
    'ui_cache',
    'last_iteration',
    'last_metrics',
  ],
  lists: ['id', 'user', 'project', 'task', 'parent', 'framework', 'uri', 'tags', 'system_tags', 'metadata.*'],
  patterns: ['name', 'comment'],
  dates: ['last_update'],
  ranges: { created: 'date', last_iteration: 'number', 'last_metrics.*': 'number' },
  equals: ['ready'],
  datetimes: ['created', 'last_update'],
}

export const userCollection: Collection = {
  name: 'user',
  fields: ['id', 'name', 'given_name', 'family_name', 'avatar', 'company', 'role', 'email', 'created'],
  lists: ['id'],
  patterns: ['name'],
  dates: [],
  datetimes: ['created'],
}
