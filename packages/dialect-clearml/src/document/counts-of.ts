/** Fields that say something about a task and nothing about its work. */
const remarks = new Set(['name', 'comment', 'tags', 'system_tags', 'project', 'created', 'status_message'])

/** Whether writing these fields counts as an update of the work itself, which moves `last_update`. */
export const countsOf = (fields: object): 'update' | 'edit' =>
  Object.keys(fields).every((field) => remarks.has(field)) ? 'edit' : 'update'
