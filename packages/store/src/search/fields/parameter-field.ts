import { sql } from 'kysely'
import { storable } from '../../sql-text.ts'
import { allTests, anyTest, type Field, never, type Test } from './field.ts'
import { jsonField, naturalKeys } from './json-field.ts'

/** So much of a value is in the table of parameters. */
const longestKept = 200

/** The value of a parameter: also a row of `task_parameters`, whose indexes have all tasks' values of it in order. */
export function parameterField(companies: readonly string[], section: string, name: string): Field {
  const path = [section, name, 'value']
  const document = jsonField(sql`tasks.hyperparams`, path)
  const text = sql`(tasks.hyperparams #>> ${path.map(storable)}::text[])`
  const keys = companies.map(
    (company) => sql`parameter_key(${company}::text, ${storable(section)}::text, ${storable(name)}::text)`,
  )
  const isIt =
    keys.length === 1 ? sql<boolean>`p.parameter = ${keys[0]}` : sql<boolean>`p.parameter in (${sql.join(keys)})`

  const isOneOf = (values: readonly string[]): Test => {
    const kept = values.map((value) => [...storable(value)].slice(0, longestKept).join(''))
    const found = sql<boolean>`tasks.id in (
      select p.task_id from task_parameters p where ${isIt} and p.value = any(${kept}::text[])
    )`
    // An empty value has no row there, and a long one has only its beginning.
    if (values.includes('')) return anyTest([found, document.anyOf(values)])
    return values.some((value) => value.length > longestKept) ? allTests([found, document.anyOf(values)]) : found
  }

  return {
    ...document,
    anyOf: isOneOf,
    allOf: (values) => (new Set(values).size === 1 ? isOneOf(values) : never),
    isEmpty: () => sql`not exists (select from task_parameters p where p.task_id = tasks.id and ${isIt})`,
    keys: naturalKeys(text),
    walks: [
      {
        join: sql`join task_parameters p on p.task_id = tasks.id`,
        where: isIt,
        keys: [sql`p.number`, sql`p.sort`],
      },
    ],
  }
}
