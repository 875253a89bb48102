/** What the query endpoints read, beside any path into a document; no schema lists it. */
export const queryFields = [
  ...['id', 'name', 'user', 'project', 'type', 'status', 'tags', 'system_tags', 'parent', 'comment', 'basename'],
  ...['status_changed', 'last_update', 'created', 'started', 'active_duration', 'last_iteration', 'execution.queue'],
  ...['hyperparams.Args.lr.value', 'last_metrics.a.b.value', 'runtime.key', 'models.input.model'],
  ...['_all_', '_any_', 'all', 'any', '_and_', '_or_', 'search_text', 'filters', 'order_by'],
  ...['only_fields', 'projection', 'page', 'page_size', 'size', 'scroll_id', 'refresh_scroll'],
  ...['search_hidden', 'allow_public', 'include_subprojects', 'shallow_search', 'max_task_entries'],
]
