import { createHash } from 'node:crypto'
import type { Answer, ClearmlCaller } from '../testing/clearml.fixture.ts'

const jsonLines = { 'content-type': 'application/json-lines' }

/** One events.add_batch, as the SDK sends it. */
export const report = (caller: ClearmlCaller, events: readonly object[]): Promise<Answer> =>
  reportRaw(caller, events.map((event) => JSON.stringify(event)).join('\n'))

export const reportRaw = (caller: ClearmlCaller, raw: string): Promise<Answer> =>
  caller.call('events.add_batch', undefined, { raw, headers: jsonLines })

/** A batch that must be taken as a whole. */
export async function reported(caller: ClearmlCaller, events: readonly object[]): Promise<void> {
  const { status, data } = await report(caller, events)
  if (status !== 200 || data.added !== events.length) throw new Error(`not all was added: ${JSON.stringify(data)}`)
}

/** A time that later ones count from. */
export const start = Date.parse('2026-01-02T03:04:05.678Z')

export const logged = (task: string, msg: string, after = 0, more: object = {}) => ({
  ...{ type: 'log', task, msg, level: 'INFO', worker: 'w', timestamp: start + after, ...more },
})

export const scalar = (task: string, iter: number, value: number, more: object = {}) => ({
  ...{ type: 'training_stats_scalar', task, metric: 'loss', variant: 'train', iter, value },
  ...{ timestamp: start + iter, ...more },
})

export const plotted = (task: string, iter: number, more: object = {}) => ({
  ...{ type: 'plot', task, metric: 'curve', variant: 'a', iter, plot_str: `{"at": ${iter}}`, worker: 'w' },
  ...{ timestamp: start + iter, ...more },
})

export const pictured = (task: string, iter: number, more: object = {}) => ({
  ...{ type: 'training_debug_image', task, metric: 'faces', variant: 'a', iter, key: `k${iter}`, worker: 'w' },
  ...{ url: `http://files/${iter}.png`, timestamp: start + iter, ...more },
})

/** By which last_metrics names a metric or variant. */
export const md5 = (name: string): string => createHash('md5').update(name).digest('hex')
