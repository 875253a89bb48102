import { join } from 'node:path'
import { root } from './lib/root.ts'
import { runProgram } from './lib/run-program.ts'

// `npm run bench`: tasks through the queue. `npm run bench queries`: questions about many tasks.

const [first = '', ...rest] = process.argv.slice(2)
const [file, args] = first === 'queries' ? ['clearml-queries.ts', rest] : ['main.ts', process.argv.slice(2)]

process.exit(await runProgram([process.execPath, join(root, 'test/load', file), ...args]))
