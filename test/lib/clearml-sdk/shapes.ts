type Fields = Readonly<Record<string, string>>

/**
 * What the SDK's own data model demands of what it parses, in a language of its own: a record of this list or a kind of
 * value; `[x]` is a list of x and `{x}` a map of them. Null is fine everywhere, and so are fields that are not listed.
 */
export const records: Readonly<Record<string, Fields>> = {
  task: {
    ...each('id name user company type status comment parent project report last_worker last_changed_by', 'string'),
    ...each('status_message status_reason', 'string'),
    ...each('created started completed published status_changed last_worker_report last_update last_change', 'date'),
    ...each('active_duration last_iteration', 'int'),
    ...each('tags system_tags report_assets', '[string]'),
    ...each('runtime metric_stats', 'object'),
    ...{ output: 'output', execution: 'execution', script: 'script', models: 'task_models', container: '{string}' },
    ...{ last_metrics: '{last_metrics}', hyperparams: '{section}', configuration: '{configuration_item}' },
  },
  output: each('destination model result error', 'string'),
  execution: {
    ...each('queue model framework docker_cmd', 'string'),
    ...{ parameters: 'object', model_desc: 'object', model_labels: '{int}', artifacts: '[artifact]' },
  },
  artifact: {
    ...each('key type mode uri hash', 'string'),
    ...each('content_size timestamp', 'int'),
    ...{ type_data: 'artifact_type_data', display_data: '[list]' },
  },
  artifact_type_data: each('preview content_type data_hash', 'string'),
  script: {
    ...each('binary repository tag branch version_num entry_point working_dir diff', 'string'),
    requirements: 'object',
  },
  task_models: { input: '[task_model]', output: '[task_model]' },
  task_model: each('name model', 'string'),
  configuration_item: each('name value type description', 'string'),
  params_item: each('section name value type description', 'string'),
  last_metric: {
    ...each('metric variant x_axis_label', 'string'),
    ...each('value min_value max_value first_value mean_value', 'number'),
    ...each('min_value_iteration max_value_iteration first_value_iteration count', 'int'),
  },
  project: {
    ...each('id name basename description user company parent default_output_destination', 'string'),
    ...each('created last_update', 'date'),
    ...each('tags system_tags', '[string]'),
  },
  model: {
    ...each('id name user company task parent project comment framework uri', 'string'),
    ...each('created last_update', 'date'),
    ...each('tags system_tags', '[string]'),
    ...{ design: 'object', ui_cache: 'object', labels: '{int}', ready: 'bool', metadata: '{metadata_item}' },
    ...{ last_iteration: 'int', last_metrics: '{last_metrics}' },
  },
  archiving: { id: 'string', archived: 'bool', unarchived: 'bool' },
  metadata_item: each('key type value', 'string'),
  queue: {
    ...each('id name display_name company', 'string'),
    ...each('created last_update', 'date'),
    ...each('tags system_tags', '[string]'),
    ...{ entries: '[entry]', metadata: '{metadata_item}' },
  },
  entry: { task: 'string', added: 'date' },
  worker: { id: 'string', ip: 'string', last_activity_time: 'date', register_time: 'date', tags: '[string]' },
  user: { id: 'string', name: 'string' },
  task_params: { task: 'string', hyperparams: '[params_item]' },
  task_urls: each('model_urls event_urls artifact_urls', '[string]'),
  credential_key: { access_key: 'string', label: 'string', last_used: 'date', last_used_from: 'string' },
  event: {
    ...each('task type worker level msg metric variant plot_str url key', 'string'),
    ...each('timestamp iter', 'int'),
    value: 'number',
  },
  series: { name: 'string', x: '[number]', y: '[number]' },
  task_values: { task: 'string', values: '[single_value]' },
  single_value: { metric: 'string', variant: 'string', value: 'number' },
  task_images: { task: 'string', iterations: '[image_iteration]' },
  image_iteration: { iter: 'int', events: '[event]' },
}

/** Maps of maps, which the language above cannot name in one word. */
export const maps: Readonly<Record<string, string>> = {
  section: '{params_item}',
  last_metrics: '{last_metric}',
  variants: '{series}',
}

const id: Fields = { id: 'string' }
const updated: Fields = { updated: 'int' }
const moved: Fields = { updated: 'int', fields: 'object' }

/** What the data of each endpoint holds; a text instead says what all of it is. */
export const answers: Readonly<Record<string, Fields | string>> = {
  'auth.login': { token: 'string' },
  'auth.logout': {},
  'auth.create_user': id,
  'auth.get_credentials': { credentials: '[credential_key]' },
  'projects.get_all': { projects: '[project]', scroll_id: 'string' },
  'projects.get_by_id': { project: 'project' },
  'projects.create': id,
  'projects.update': moved,
  'tasks.get_all': { tasks: '[task]', scroll_id: 'string' },
  'tasks.get_by_id': { task: 'task' },
  'tasks.create': id,
  'tasks.clone': { id: 'string', new_project: 'project' },
  'tasks.edit': moved,
  'tasks.set_requirements': moved,
  'tasks.ping': {},
  'tasks.started': { ...moved, started: 'int' },
  'tasks.stopped': moved,
  'tasks.stop': moved,
  'tasks.completed': { ...moved, published: 'int' },
  'tasks.failed': moved,
  'tasks.publish': moved,
  'tasks.reset': { ...moved, dequeued: 'object', events: 'object', deleted_models: 'int', urls: 'task_urls' },
  'tasks.delete': {
    ...each('updated_children updated_models deleted_models', 'int'),
    ...{ deleted: 'bool', events: 'object', urls: 'task_urls' },
  },
  'tasks.enqueue': { ...moved, queued: 'int', queue_watched: 'bool' },
  'tasks.dequeue': { ...moved, dequeued: 'int' },
  'tasks.edit_hyper_params': updated,
  'tasks.get_hyper_params': { params: '[task_params]' },
  'tasks.delete_hyper_params': { deleted: 'int' },
  'tasks.add_or_update_artifacts': updated,
  'tasks.delete_artifacts': { deleted: 'int' },
  'tasks.add_or_update_model': updated,
  'queues.create': id,
  'queues.get_by_id': { queue: 'queue' },
  'queues.get_all': { queues: '[queue]', scroll_id: 'string' },
  'queues.get_default': { id: 'string', name: 'string' },
  'queues.get_num_entries': { num: 'int' },
  'queues.get_next_task': { entry: 'entry' },
  'workers.register': {},
  'workers.unregister': {},
  'workers.status_report': {},
  'workers.get_all': { workers: '[worker]' },
  'users.get_all': { users: '[user]' },
  'users.get_by_id': { user: 'user' },
  'models.create': { id: 'string', created: 'bool' },
  'models.edit': moved,
  'models.get_by_id': { model: 'model' },
  'models.get_all': { models: '[model]', scroll_id: 'string' },
  'models.set_ready': { updated: 'int', published_task: 'object' },
  'models.update_for_task': { ...moved, id: 'string', created: 'bool' },
  'models.archive_many': { succeeded: '[archiving]', failed: 'list' },
  'models.unarchive_many': { succeeded: '[archiving]', failed: 'list' },
  'models.delete': { deleted: 'bool', url: 'string' },
  'models.add_or_update_metadata': updated,
  'events.add_batch': { added: 'int', errors: 'int', errors_info: 'object' },
  'events.get_task_log': { events: '[event]', returned: 'int', total: 'int' },
  'events.get_task_events': { events: '[event]', returned: 'int', total: 'int', scroll_id: 'string' },
  'events.get_task_plots': { plots: '[event]', returned: 'int', total: 'int', scroll_id: 'string' },
  'events.get_task_single_value_metrics': { tasks: '[task_values]' },
  'events.scalar_metrics_iter_histogram': '{variants}',
  'events.debug_images': { metrics: '[task_images]', scroll_id: 'string' },
}

function each(names: string, kind: string): Fields {
  return Object.fromEntries(names.split(' ').map((name) => [name, kind]))
}
