import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { migrateDatabase } from '@inferq/core-testkit'
import { openStore, type Store } from '@inferq/store'
import { freshDatabase, postgresAvailable, startSharedServers } from '@inferq/testkit'
import { Client } from 'pg'
import { percentiles } from './figures.ts'

// `npm run bench events`: a training run reports a million lines and ten million points; how fast they are added, what
// room they take, and how long reading them takes, each against the same read of a task that reported a thousand.

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    lines: { type: 'string', default: '1000000' },
    points: { type: 'string', default: '10000000' },
  },
})
const many = { lines: Number(values.lines), points: Number(values.points) }
const few = { lines: 1_000, points: 1_000 }
const company = 'bench'
const seriesCount = 20
/** What the SDK sends at once at most. */
const eventsPerBatch = 500
const runs = 20
const start = Date.UTC(2026, 0, 1)

const timeAt = (place: number) => new Date(start + place * 10)

const line = (place: number, number: number) => ({
  ...{ at: timeAt(place), worker: 'worker:gpu0', level: 'info' },
  message: `Epoch ${Math.floor(number / 100)} [${number % 100}/100] loss ${Math.sin(number).toFixed(6)} 12.3 it/s`,
})

const point = (place: number, number: number) => ({
  ...{ metric: `metric ${number % 4}`, variant: `variant ${number % seriesCount}`, at: timeAt(place) },
  ...{ iteration: Math.floor(number / seriesCount), value: Math.sin(number) },
})

/** About as much as a task keeps of that many series. */
const lastMetrics = Object.fromEntries(
  Array.from({ length: seriesCount }, (_, place) => [
    `metric ${place}`,
    { value: 1, min_value: 0, max_value: 2, min_value_iteration: 3, max_value_iteration: 4, mean_value: 5, count: 6 },
  ]),
)

const say = (line: string) => {
  if (!values.json) console.log(line)
}

const stopServers = await startSharedServers(say, { fsync: true })
try {
  if (!postgresAvailable()) throw new Error('this bench needs Postgres: install it, so that its programs are found')
  await using database = await freshDatabase(migrateDatabase)
  const store = await openStore({ databaseUrl: database.url })
  const figures = await measure(store, database.url)
  await store.close()
  if (values.json) console.log(JSON.stringify(figures))
} finally {
  await stopServers()
}

async function measure(store: Store, databaseUrl: string) {
  const small = await makeTask(store)
  await report(store, small, few)
  const large = await makeTask(store)
  const bytesBefore = await sizeOf(databaseUrl)
  say(`adding ${many.lines} lines and ${many.points} points in batches of ${eventsPerBatch} ...`)
  const rates = await report(store, large, many)
  const bytes = (await sizeOf(databaseUrl)) - bytesBefore
  const perEvent = bytes / (many.lines + many.points)
  say(`  ${rates.all.toFixed(0)} events/s; the last tenth against the first: ${(rates.last / rates.first).toFixed(2)}`)
  say(`  ${(bytes / 2 ** 20).toFixed(0)} MiB on disk, ${perEvent.toFixed(0)} bytes per event\n`)
  const reads: Record<string, { p50: number; ratio: number }> = {}
  for (const [name, read] of Object.entries(questions(store))) {
    const base = await timeOf(() => read(small, few), runs)
    const p50 = await timeOf(() => read(large, many), name.startsWith('all points') ? 1 : runs)
    reads[name] = { p50, ratio: p50 / base }
    say(`${name.padEnd(44)} ${p50.toFixed(1).padStart(8)} ms  x ${(p50 / base).toFixed(1)}`)
  }
  return {
    eventsPerSecond: rates.all,
    lastAgainstFirst: rates.last / rates.first,
    bytes,
    reads,
    ...(await sweep(store)),
  }
}

function questions({ events, tasks }: Store): Record<string, (id: string, size: typeof many) => Promise<unknown>> {
  const all = { kinds: ['line', 'point', 'plot'], limit: 500 } as const
  const page = async (id: string, cursor: string | null, newestFirst: boolean) =>
    events.readEvents(id, { ...all, newestFirst, cursor })
  return {
    'lines, the last page': (id) => events.readLines(id, { from: null, direction: 'earlier', limit: 500 }),
    'lines, a page in the middle': (id, { lines, points }) =>
      events.readLines(id, { from: timeAt((lines + points) / 2), direction: 'later', limit: 500 }),
    'list of series': (id) => events.listSeries(id),
    'all kinds of events, the first page': (id) => page(id, null, false),
    'all kinds of events, the last page': (id) => page(id, null, true),
    'all kinds of events, the last two pages': async (id) => page(id, (await page(id, null, true)).cursor, true),
    // The end of the first page from the end is where the last page from the beginning begins.
    'the same from the beginning': async (id) => page(id, (await page(id, null, true)).cursor, false),
    'all points of one series': async (id) => {
      const [one] = await events.listSeries(id)
      await events.readSeries(one ? [one.id] : [], () => {})
    },
    'all points of all series': async (id, { points }) => {
      let count = 0
      const series = await events.listSeries(id)
      await events.readSeries(
        series.map((one) => one.id),
        ({ values }) => {
          count += values.length
        },
      )
      if (count !== points) throw new Error(`${count} of ${points} points were read`)
    },
    drop: async (id) => {
      await tasks.changeTask(company, id, () => ({ set: {}, dropEvents: true }))
    },
  }
}

async function makeTask(store: Store): Promise<string> {
  const { id } = await store.tasks.createTask({
    ...{ id: randomBytes(16).toString('hex'), company, user: 'bench', name: 'a training', type: 'training', job: null },
    ...{ tags: [], attemptsAllowed: 1, input: null, inputKey: null },
  })
  return id
}

/** Lines and points mixed evenly, ten milliseconds apart. Events per second: of all, of the first tenth, of the last. */
async function report(store: Store, id: string, { lines, points }: typeof many) {
  const total = lines + points
  const seconds: number[] = []
  let madeLines = 0
  for (let from = 0; from < total; from += eventsPerBatch) {
    const batch = { lines: [] as ReturnType<typeof line>[], points: [] as ReturnType<typeof point>[], shown: [] }
    for (let place = from; place < Math.min(total, from + eventsPerBatch); place++) {
      if (Math.floor(((place + 1) * lines) / total) > madeLines) batch.lines.push(line(place, madeLines++))
      else batch.points.push(point(place, place - madeLines))
    }
    const startedAt = performance.now()
    const lastIteration = batch.points.at(-1)?.iteration ?? 0
    await store.events.addToTask(company, id, batch, () => ({ lastIteration, lastMetrics }))
    seconds.push((performance.now() - startedAt) / 1_000)
    if (seconds.length % 1_000 === 0) say(`  ${from + eventsPerBatch}`)
  }
  const tenth = Math.ceil(seconds.length / 10)
  const rate = (some: readonly number[]) => (some.length * eventsPerBatch) / some.reduce((sum, one) => sum + one, 0)
  return { all: rate(seconds), first: rate(seconds.slice(0, tenth)), last: rate(seconds.slice(-tenth)) }
}

async function sweep({ events }: Store) {
  const times: number[] = []
  for (let more = true; more; ) {
    const startedAt = performance.now()
    more = (await events.sweep(async () => {})).more
    times.push(performance.now() - startedAt)
  }
  const longest = Math.max(...times)
  const all = times.reduce((sum, one) => sum + one, 0)
  say(`\nswept in ${times.length} calls and ${(all / 1_000).toFixed(1)} s; the longest took ${longest.toFixed(0)} ms`)
  return { sweepMs: all, longestSweepMs: longest }
}

async function timeOf(read: () => Promise<unknown>, times: number): Promise<number> {
  const figures: number[] = []
  for (let run = 0; run < times; run++) {
    const startedAt = performance.now()
    await read()
    figures.push(performance.now() - startedAt)
  }
  return percentiles(figures).p50
}

async function sizeOf(databaseUrl: string): Promise<number> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query('select pg_database_size(current_database())::float8 as bytes')
  await client.end()
  return rows[0].bytes
}
