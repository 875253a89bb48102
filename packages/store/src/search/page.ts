import type { Search } from '@inferq/domain'
import { type RawBuilder, sql } from 'kysely'
import { allTests, type Field, type Test, type Walk } from './fields/field.ts'
import { type FieldOrder, firstKeys, followingKeys, type Key, plainKeys } from './order.ts'
import type { Language } from './where.ts'

/** Those of a search's rows that belong to these companies. */
export interface Scope {
  readonly companies: readonly string[]
  readonly where: Test | null
  readonly language: Language
}

/** The ids of one page with what orders them, as a subquery, and the order of its rows as `page`. */
export interface Page {
  readonly rows: RawBuilder<unknown>
  readonly order: RawBuilder<unknown>
}

/** Some of the rows; each portion is read as far as the page's end and no further. */
interface Portion extends Omit<Walk, 'keys'> {
  readonly keys: readonly Key[]
}

export type Table = 'tasks' | 'queues' | 'projects' | 'models' | 'users'

/**
 * Each portion is ordered and limited for itself, so that the planner may walk an index for each and stop. What is
 * empty in the first field is looked for only where the page reaches so far.
 */
export function pageSql(
  table: Table,
  scopes: readonly Scope[],
  search: Pick<Search, 'order' | 'offset' | 'limit'>,
): Page {
  const { offset, limit } = search
  const end = sql`${offset + limit}::bigint`
  const window = sql`limit ${limit}::bigint offset ${offset}::bigint`
  const portions = scopes.map((scope) => portionsOf(table, scope, ordersOf(scope.language, search)))
  const filled = portions.flatMap((portion) => portion.filled)
  const empty = portions.flatMap((portion) => portion.empty)
  const keys = filled[0]?.keys ?? []
  if (empty.length === 0) return { rows: merged(table, filled, end, window), order: orderOf('page', keys) }

  const following = columnsOf(empty[0]?.keys ?? [])
  const nulls = keys.slice(following.length).map(() => sql`null`)
  const rows = sql`
    with filled as materialized (${merged(table, filled, end, sql`limit ${end}`)}),
    missing as (select greatest(0, ${end} - count(*)) as count from filled),
    rest as (${merged(table, empty, end, sql`limit (select count from missing)`)})
    select 0 as stage, ${sql.join([sql`id`, ...columnsOf(keys)])} from filled
    union all
    select 1, ${sql.join([sql`id`, ...nulls, ...following])} from rest
    order by stage, ${orderOf(null, keys)} ${window}`
  return { rows, order: sql`page.stage, ${orderOf('page', keys)}` }
}

function ordersOf(language: Language, { order }: Pick<Search, 'order'>): readonly FieldOrder[] {
  return order.flatMap(({ field: path, descending }): FieldOrder[] => {
    const field = path === 'text_score' ? language.score() : language.fieldOf(path)
    return field && field.keys.length > 0 ? [{ field, descending }] : []
  })
}

function portionsOf(table: Table, scope: Scope, orders: readonly FieldOrder[]) {
  const where = allTests([isOf(table, scope.companies), ...(scope.where ? [scope.where] : [])])
  const [first, ...others] = orders
  const following = others.flatMap(followingKeys)
  if (!first) return { filled: [{ where, keys: [] }], empty: [] }
  const { field, descending } = first
  if (!field.walks) return { filled: [{ where, keys: [...firstKeys(first), ...following] }], empty: [] }
  return {
    filled: field.walks.map((walk) => ({
      ...walk,
      where: allTests([where, walk.where]),
      keys: [...plainKeys(walk.keys, descending), ...following],
    })),
    empty: emptyPortions(field, where, following),
  }
}

const emptyPortions = (field: Field, where: Test, keys: readonly Key[]): readonly Portion[] =>
  field.alwaysSet ? [] : [{ where: allTests([where, field.isEmpty()]), keys }]

const isOf = (table: Table, companies: readonly string[]): Test =>
  companies.length === 1
    ? sql`${sql.ref(`${table}.company`)} = ${companies[0]}::text`
    : sql`${sql.ref(`${table}.company`)} = any(${[...companies]}::text[])`

/** The first of all portions together, of which none gives more than `end`. */
function merged(
  table: Table,
  portions: readonly Portion[],
  end: RawBuilder<unknown>,
  window: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const order = orderOf(null, portions[0]?.keys ?? [])
  const upToEnd = (rows: RawBuilder<unknown>) => sql`${rows} order by ${order} limit ${end}`
  const selects = portions.map(({ around, ...portion }) => {
    const rows = upToEnd(select(table, portion))
    return sql`(${around ? upToEnd(around(rows)) : rows})`
  })
  return sql`select * from (${sql.join(selects, sql` union all `)}) as portions order by ${order} ${window}`
}

function select(table: Table, { join, where, keys }: Portion): RawBuilder<unknown> {
  const columns = keys.map(({ value }, place) => sql`${value} as ${sql.ref(`k${place}`)}`)
  const selected = sql.join([sql.ref(`${table}.id`), ...columns])
  return sql`select ${selected} from ${sql.table(table)} ${join ?? sql``} where ${where}`
}

const columnsOf = (keys: readonly Key[]): readonly RawBuilder<unknown>[] => keys.map((_, place) => sql.ref(`k${place}`))

function orderOf(alias: string | null, keys: readonly Key[]): RawBuilder<unknown> {
  const ref = (name: string) => sql.ref(alias === null ? name : `${alias}.${name}`)
  return sql.join([...keys.map(({ how }, place) => sql`${ref(`k${place}`)} ${how}`), ref('id')])
}
