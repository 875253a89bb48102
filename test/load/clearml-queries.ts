import { defaultCompanyId } from '@inferq/contracts'
import {
  type ClearmlCaller,
  clearmlCaller,
  loadMixedTasks,
  mixedProjectId,
  mixedQueueId,
  mixedTaskId,
  startSharedServers,
  until,
} from '@inferq/testkit'
import { Redis } from 'ioredis'
import { Client } from 'pg'
import { accessKey, type Inferq, secretKey, startInferq } from '../lib/inferq.ts'
import { percentiles } from './figures.ts'

// `npm run bench queries`: how long ClearML's questions take over HTTP when 100,000 tasks are there, each against
// reading one task by its id in the same run; and whether Postgres read the whole table for one of them.

const count = 100_000
const runs = 40
const page = { page_size: 50, only_fields: ['id', 'name', 'status', 'tags', 'last_update', 'hyperparams.Args'] }
const recent = { order_by: ['-last_update'] }

const questions: Readonly<Record<string, readonly [endpoint: string, body: object]>> = {
  get_by_id: ['tasks.get_by_id', { task: mixedTaskId(50_000) }],
  'page 1': ['tasks.get_all', { ...page, ...recent, page: 0 }],
  'page 100': ['tasks.get_all', { ...page, ...recent, page: 99 }],
  'by status and queue': [
    'tasks.get_all',
    { ...page, ...recent, page: 0, status: ['completed', 'failed'], 'execution.queue': [mixedQueueId(3)] },
  ],
  'in one project, not archived': [
    'tasks.get_all_ex',
    { ...page, ...recent, page: 0, project: [mixedProjectId(7)], system_tags: ['-archived'] },
  ],
  'by tag': ['tasks.get_all_ex', { ...page, page: 0, filters: { tags: { any: { include: ['batch 40'] } } } }],
  'by tag and hyperparameter': [
    'tasks.get_all_ex',
    {
      ...page,
      page: 0,
      filters: { tags: { all: { include: ['tag 4'], exclude: ['tag 5'] } } },
      'hyperparams.Args.optimizer.value': ['adam'],
    },
  ],
  'by a rare hyperparameter': ['tasks.get_all_ex', { ...page, page: 0, 'hyperparams.Args.seed.value': ['80024'] }],
  'ordered by a numeric hyperparameter': ['tasks.get_all_ex', { ...page, page: 0, order_by: ['hyperparams.Args.lr'] }],
  'the same, page 100': ['tasks.get_all_ex', { ...page, page: 99, order_by: ['-hyperparams.Args.lr'] }],
  'text search': ['tasks.get_all_ex', { ...page, page: 0, search_text: 'comment "of run 80024"' }],
  'text search by score': ['tasks.get_all_ex', { ...page, page: 0, search_text: 'otter', order_by: ['@text_score'] }],
  'name, as the SDK asks': [
    'tasks.get_all',
    { ...page, page: 0, name: '^experiment\\ otter\\ c4ca4238a0b923820dcc509a6f75849b$' },
  ],
  'name, a regular expression': ['tasks.get_all', { ...page, ...recent, page: 0, name: 'heron.*a1b' }],
}

const asJson = process.argv.includes('--json')
const say = (line: string) => {
  if (!asJson) console.log(line)
}
const stopServers = await startSharedServers(say, { fsync: true })
const inferq = await startInferq({ worker: null })
try {
  const figures = await measure(inferq)
  if (asJson) console.log(JSON.stringify(figures))
  const readWhole = Object.keys(figures).filter((name) => figures[name]?.wholeTable)
  if (readWhole.length > 0) throw new Error(`the whole table was read for: ${readWhole.join('; ')}`)
} finally {
  await inferq.stop()
  await stopServers()
}

async function measure({ url, database, redis }: Inferq) {
  if (!database) throw new Error('this bench needs Postgres: install it, so that its programs are found')
  await keepReconcilerAway(redis.url)
  say(`loading ${count} tasks ...`)
  await loadMixedTasks(database.url, { company: defaultCompanyId, count })
  const clearml = await clearmlCaller(url, accessKey, secretKey)
  const scans = await tableScans(database.url, clearml)
  const figures: Record<string, { p50: number; p95: number; ratio: number; found: number; wholeTable: boolean }> = {}
  let base = 0
  for (const [name, [endpoint, body]] of Object.entries(questions)) {
    const before = await scans.whole()
    const answer = await clearml.ok(endpoint, body)
    const times: number[] = []
    for (let run = 0; run < runs; run++) {
      const startedAt = performance.now()
      await clearml.ok(endpoint, body)
      times.push(performance.now() - startedAt)
    }
    const { p50, p95 } = percentiles(times)
    base ||= p50
    const wholeTable = (await scans.whole()) > before
    figures[name] = { p50, p95, ratio: p50 / base, found: answer.tasks?.length ?? 1, wholeTable }
    const numbers = `p50 ${p50.toFixed(1).padStart(6)} ms  p95 ${p95.toFixed(1).padStart(6)} ms  x ${(p50 / base).toFixed(1)}`
    say(`${name.padEnd(38)} ${numbers.padEnd(44)} ${figures[name].found} found${wholeTable ? ', WHOLE TABLE' : ''}`)
  }
  await scans.close()
  return figures
}

/** What is loaded is to stay as it is, though some of it looks like tasks that were forgotten. */
async function keepReconcilerAway(redisUrl: string): Promise<void> {
  const redis = new Redis(redisUrl)
  await redis.set('inferq:{sweep}:lease', 'bench', 'PX', 30 * 60_000)
  redis.disconnect()
}

/** Counts how often Postgres read the table of tasks from end to end. */
async function tableScans(databaseUrl: string, clearml: ClearmlCaller) {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  const read = async () => {
    const { rows } = await client.query(
      "select seq_scan::int as whole, idx_scan::int as by_index from pg_stat_user_tables where relname = 'tasks'",
    )
    return rows[0] as { whole: number; by_index: number }
  }
  return {
    /** A session tells its counts at the end of a statement, and not within a second of the last time. */
    async whole(): Promise<number> {
      const { by_index } = await read()
      return until(
        async () => {
          await clearml.ok('tasks.get_by_id', { task: mixedTaskId(1) })
          const now = await read()
          return now.by_index > by_index ? { whole: now.whole } : false
        },
        { what: 'Postgres to tell its counts', timeoutMs: 30_000 },
      ).then(({ whole }) => whole)
    },
    close: () => client.end(),
  }
}
