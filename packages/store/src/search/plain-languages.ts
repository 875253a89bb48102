import type { FieldPath } from '@inferq/domain'
import { type RawBuilder, sql } from 'kysely'
import { absentField, allTests, type Field } from './fields/field.ts'
import { idField } from './fields/id-field.ts'
import { jsonField } from './fields/json-field.ts'
import { listField } from './fields/list-field.ts'
import { flagField, numberField, timeField } from './fields/plain-fields.ts'
import { textField } from './fields/text-field.ts'
import { rankSql, type TextCondition, textQuery } from './text-query.ts'
import type { Language } from './where.ts'

/** Queues, projects, models and users: there are few of them beside the tasks, so only what their tables have anyway is used. */
type Table = 'queues' | 'projects' | 'models' | 'users'

const column = (table: Table, name: string): RawBuilder<unknown> => sql.ref(`${table}.${name}`)
const text = (table: Table, name: string) => textField(column(table, name))

const sharedColumns = (table: Table): Readonly<Record<string, Field>> => ({
  id: { ...idField(column(table, 'id')), alwaysSet: true },
  company: text(table, 'company'),
  name: text(table, 'name'),
  tags: listField(column(table, 'tags')),
  system_tags: listField(column(table, 'system_tags')),
  created: { ...timeField(column(table, 'created_at')), alwaysSet: true },
  last_update: { ...timeField(column(table, 'updated_at')), alwaysSet: true },
})

/** The row says with a flag that it is the default, so that there can be only one. */
export const queueSystemTags = sql`(
  case when queues.is_default then queues.system_tags || '{default}' else queues.system_tags end
)`

export const queueLanguage = languageOf({
  columns: {
    ...sharedColumns('queues'),
    system_tags: listField(queueSystemTags),
    display_name: text('queues', 'display_name'),
    entries: absentField,
  },
  documents: { metadata: column('queues', 'metadata') },
  text: sql`queues.name`,
  id: column('queues', 'id'),
})

export const projectLanguage = languageOf({
  columns: {
    ...sharedColumns('projects'),
    user: text('projects', 'user_id'),
    basename: textField(sql`substring(projects.name from '[^/]*$')`),
    description: text('projects', 'description'),
    parent: idField(column('projects', 'parent')),
    default_output_destination: text('projects', 'default_output_destination'),
  },
  documents: {},
  text: sql`concat_ws(' ', projects.name, projects.description)`,
  id: column('projects', 'id'),
})

export const modelLanguage = languageOf({
  columns: {
    ...sharedColumns('models'),
    ...Object.fromEntries(
      ['uri', 'framework', 'task', 'parent', 'comment'].map((name) => [name, text('models', name)]),
    ),
    user: text('models', 'user_id'),
    project: idField(column('models', 'project')),
    ready: flagField(column('models', 'ready')),
    last_iteration: { ...numberField(column('models', 'last_iteration')), alwaysSet: true },
  },
  documents: Object.fromEntries(
    ['labels', 'design', 'metadata', 'ui_cache', 'last_metrics'].map((name) => [name, column('models', name)]),
  ),
  text: sql`concat_ws(' ', models.name, models.comment, models.uri, models.framework)`,
  id: column('models', 'id'),
})

export const userLanguage = languageOf({
  columns: {
    id: { ...text('users', 'id'), alwaysSet: true },
    created: { ...timeField(column('users', 'created_at')), alwaysSet: true },
    ...Object.fromEntries(
      ['company', 'name', 'role', 'email', 'given_name', 'family_name', 'avatar'].map((name) => [
        name,
        text('users', name),
      ]),
    ),
  },
  documents: {},
  text: sql`concat_ws(' ', users.name, users.given_name, users.family_name)`,
  // A text, of which most read as a uuid.
  id: sql`(case when users.id ~ '^[0-9a-f]{32}$' then users.id::uuid end)`,
})

interface Description {
  columns: Readonly<Record<string, Field>>
  documents: Readonly<Record<string, RawBuilder<unknown>>>
  /** Where full text is looked for, beside the id. */
  text: RawBuilder<unknown>
  id: RawBuilder<unknown>
}

function languageOf({ columns, documents, text, id }: Description) {
  const words = sql`to_tsvector('pg_catalog.english', search_words(${text}))`
  const fieldOf = ([name = '', ...inside]: FieldPath): Field | null => {
    if (Object.hasOwn(columns, name)) return inside.length === 0 ? (columns[name] as Field) : absentField
    if (!Object.hasOwn(documents, name)) return null
    // An item of the metadata is asked for its value.
    const path = name === 'metadata' && inside.length === 1 ? [...inside, 'value'] : inside
    return jsonField(documents[name] as RawBuilder<unknown>, path)
  }
  return (asked: TextCondition | null): Language => ({
    fieldOf,
    text: (condition) => {
      const { wanted, excluded, ids } = textQuery(condition)
      return allTests([
        ...(wanted ? [sql<boolean>`(${words} @@ ${wanted} or ${id} = any(${[...ids]}::uuid[]))`] : []),
        ...(excluded ? [sql<boolean>`(${words} @@ ${excluded}) is not true`] : []),
      ])
    },
    score: () => {
      const wanted = asked && textQuery(asked).wanted
      return wanted && { ...absentField, keys: [rankSql(words, wanted)], alwaysSet: true }
    },
  })
}
