import type { Condition, FieldPath, Search } from '@inferq/domain'
import { openStore, type Store } from '@inferq/store'
import { freshDatabase, loadMixedTasks, mixedProjectId, mixedQueueId, mixedTaskId } from '@inferq/testkit'
import { percentiles } from './figures.ts'
import { recordStatements, seqScansOf } from './plans.ts'

const company = '0000000000000000000000000000cafe'
const pageSize = 50
const warmUps = 5
const rounds = 60

export interface QueryFigures {
  p50: number
  p95: number
  /** Of the median to that of `get_by_id` in the same run. */
  ratio: number
}

/**
 * What ClearML's clients ask of a company with many tasks. Throws when one of the answers reads the table from its
 * beginning to its end.
 */
export async function measureQueries(
  total: number,
  say: (line: string) => void,
): Promise<Record<string, QueryFigures>> {
  await using database = await freshDatabase(async (databaseUrl) => {
    const store = await openStore({ databaseUrl })
    await store.migrate()
    await store.close()
  })
  await loadMixedTasks(database.url, { company, count: total })
  using statements = recordStatements()
  const store = await openStore({ databaseUrl: database.url, maxConnections: 1 })
  try {
    const figures: Record<string, QueryFigures> = {}
    const whole: string[] = []
    let base = 0
    for (const [name, ask] of Object.entries(questions(store, total))) {
      for (let n = 0; n < warmUps; n++) await ask()
      const sent = await statements.during(ask)
      if (await seqScansOf(database.url, sent, 'tasks')) whole.push(name)
      const { p50, p95 } = percentiles(await timesOf(ask))
      base ||= p50
      figures[name] = { p50, p95, ratio: p50 / base }
      const times = `p50 ${p50.toFixed(1).padStart(6)} ms  p95 ${p95.toFixed(1).padStart(6)} ms`
      say(`  ${name.padEnd(44)} ${times}  ${(p50 / base).toFixed(1).padStart(5)} x get_by_id`)
    }
    if (whole.length > 0) throw new Error(`the whole table is read for: ${whole.join('; ')}`)
    return figures
  } finally {
    await store.close()
  }
}

async function timesOf(ask: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  for (let n = 0; n < rounds; n++) {
    const startedAt = performance.now()
    await ask()
    times.push(performance.now() - startedAt)
  }
  return times
}

/** The first one is what the others are compared with. To ask over HTTP, this is the place to do so. */
function questions({ tasks }: Store, total: number): Record<string, () => Promise<unknown>> {
  const search = (where: Condition, order: Search['order'] = [], page = 0) => {
    const asked = { company, publicToo: true, where: allOf(where, isShown), order }
    return () => tasks.searchTasks({ ...asked, offset: page * pageSize, limit: pageSize })
  }
  const project = anyOf('project', mixedProjectId(7))
  const lastTag = anyOf('tags', `batch ${Math.floor(total / 400)}`)
  const byParameter: Search['order'] = [{ field: ['hyperparams', 'Args', 'lr', 'value'], descending: true }]
  return {
    get_by_id: () => tasks.findDetailed(company, [mixedTaskId(total / 2 + 1)], 'visible'),
    status: search(anyOf('status', 'failed')),
    'status and queue': search(allOf(anyOf('status', 'completed'), anyOf('execution.queue', mixedQueueId(3)))),
    'project, not archived, last updated first': search(allOf(project, isCurrent), lastUpdated),
    tag: search(lastTag, lastUpdated),
    'tag and hyperparameter': search(allOf(anyOf('tags', 'tag 4'), anyOf('hyperparams.Args.optimizer.value', 'adam'))),
    'hyperparameter of one task': search(anyOf('hyperparams.Args.seed.value', `${total - 2}`)),
    'by a number among the hyperparameters': search(isCurrent, byParameter),
    words: search({ kind: 'text', words: ['otters'], phrases: [], excluded: ['badger'] }, lastUpdated),
    'words of one task': search({ kind: 'text', words: [`${total - 4}`], phrases: [], excluded: [] }),
    'whole name': search(matches('^experiment\\ otter\\ x$')),
    'pattern in few names': search(matches('heron [0-9a-f]*a1b2')),
    'pattern in many names': search(matches('experiment (otter|lynx)')),
    'all, page 1': search(isCurrent),
    'all, page 100': search(isCurrent, [], 99),
    'last updated first, page 1': search(isCurrent, lastUpdated),
    'last updated first, page 100': search(isCurrent, lastUpdated, 99),
  }
}

const pathOf = (field: string): FieldPath => field.split('.')
const anyOf = (field: string, ...values: string[]): Condition => ({ kind: 'any_of', field: pathOf(field), values })
const allOf = (...of: Condition[]): Condition => ({ kind: 'and', of })
const none = (field: string, value: string): Condition => ({ kind: 'not', of: anyOf(field, value) })
const matches = (pattern: string): Condition => ({ kind: 'matches', field: ['name'], pattern, ignoreCase: false })
const isShown = none('system_tags', 'hidden')
const isCurrent = none('system_tags', 'archived')
const lastUpdated: Search['order'] = [{ field: ['last_update'], descending: true }]
