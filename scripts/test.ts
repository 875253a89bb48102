import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './lib/root.ts'
import { runProgram } from './lib/run-program.ts'
import { testSummary } from './lib/test-summary.ts'

// `npm test`: lint, types and import rules, then every test. With arguments, only vitest, which gets them.

const args = process.argv.slice(2)
const bin = (name: string) => join(root, 'node_modules/.bin', name)
const reportPath = join(root, 'node_modules/.inferq-test-report.json')

rmSync(reportPath, { force: true })
const checks = args.length > 0 ? 0 : await runChecks()
const tests = await runProgram([
  ...[bin('vitest'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`],
  ...args,
])

if (checks !== 0) console.log('\nlint, types or import rules failed: see above the tests')
if (existsSync(reportPath)) console.log(`\n${testSummary(JSON.parse(readFileSync(reportPath, 'utf8')))}`)
process.exit(checks || tests)

async function runChecks(): Promise<number> {
  // turbo runs scripts through pnpm, which is on nobody's PATH; npx brings it there.
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { packageManager: string }
  const turbo = [bin('turbo'), 'run', 'lint', 'types', 'imports', '--continue', '--output-logs=full', '--ui=stream']
  return runProgram(['npx', '--yes', '--package', packageManager, '--', ...turbo], {
    ...process.env,
    TURBO_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
  })
}
