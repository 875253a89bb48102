import { join } from 'node:path'
import { root } from './lib/root.ts'
import { runProgram } from './lib/run-program.ts'

// `npm run bench`: tasks through the queue. `npm run bench queries`: questions about many tasks. `npm run bench events`:
// what a long training run reports. `npm run bench classify`: images. `npm run bench media`: a video of an hour.

const others: { readonly [name: string]: string } = {
  queries: 'clearml-queries.ts',
  events: 'events.ts',
  classify: 'classify.ts',
  media: 'media.ts',
}

const [first = '', ...rest] = process.argv.slice(2)
const other = others[first]
const [file, args] = other ? [other, rest] : ['main.ts', process.argv.slice(2)]

process.exit(await runProgram([process.execPath, join(root, 'test/load', file), ...args]))
