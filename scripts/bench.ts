import { join } from 'node:path'
import { root } from './lib/root.ts'
import { runProgram } from './lib/run-program.ts'

process.exit(await runProgram([process.execPath, join(root, 'test/load/main.ts'), ...process.argv.slice(2)]))
