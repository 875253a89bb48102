import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { tempDir } from '@inferq/testkit'
import { expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')

/** What must never get in: the file, what it imports, and the rule that says no to it. */
const wrongs = [
  ['packages/contracts/src/wrong.ts', '../../domain/src/index.ts', 'packages/contracts-imports'],
  ['packages/contracts/src/wrong-node.ts', 'node:fs', 'packages/contracts-node'],
  ['packages/domain/src/wrong.ts', '../../store/src/index.ts', 'packages/domain-imports'],
  ['packages/domain/src/wrong-node.ts', 'node:fs', 'packages/domain-node'],
  ['packages/queue/src/wrong.ts', '../../store/src/index.ts', 'packages/queue-imports'],
  ['packages/queue/src/wrong-npm.ts', '../../store/node_modules/pg/lib/index.js', 'only-packages/store'],
  ['packages/store/src/wrong.ts', '@inferq/testkit', 'packages/store-imports'],
  ['packages/files/src/wrong.test.ts', '../../queue/src/index.ts', 'packages/files-test-imports'],
  ['packages/client/src/wrong.ts', '../../contracts/src/ids.ts', 'one-door'],
  ['packages/client/src/wrong-name.ts', '@inferq/contracts/src/ids.ts', 'resolvable'],
  ['packages/telemetry/src/wrong.ts', 'pg', 'resolvable'],
  ['apps/worker/src/wrong.ts', '../../../packages/domain/src/index.ts', 'apps/worker-imports'],
  ['apps/worker/src/wrong-app.ts', '../../api/src/wrong.ts', 'no-app-imported'],
  ['apps/api/src/wrong.ts', '../../../packages/engines/src/index.ts', 'apps/api-imports'],
  ['packages/newcomer/src/wrong.ts', 'node:fs', 'unknown-folder'],
  // Of a cycle, the first file is the one that is named.
  ['packages/files/src/wrong-cycle.ts', './wrong-cycle-too.ts', null],
  ['packages/files/src/wrong-cycle-too.ts', './wrong-cycle.ts', 'no-cycle'],
] as const

it('every wrong import is caught by its rule', { timeout: 60_000 }, async () => {
  await using copy = await tempDir('imports')
  for (const folder of ['packages', 'apps', 'scripts', 'test', 'tsconfig.json', '.dependency-cruiser.mjs']) {
    cpSync(join(root, folder), join(copy.path, folder), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => !['dist', '.turbo'].includes(basename(source)),
    })
  }
  symlinkSync(join(root, 'node_modules'), join(copy.path, 'node_modules'))
  for (const [file, target] of wrongs) {
    mkdirSync(join(copy.path, dirname(file)), { recursive: true })
    writeFileSync(join(copy.path, file), `import * as wrong from '${target}'\nexport const seen = wrong\n`)
  }
  const violations = await cruise(copy.path)
  const missed = wrongs.filter(([file, , rule]) => rule !== null && !violations.has(`${rule}: ${file}`))
  expect(missed).toEqual([])
})

async function cruise(cwd: string): Promise<Set<string>> {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const args = [program, '--config', '.dependency-cruiser.mjs', '--output-type', 'json', 'packages', 'apps']
  const output = await new Promise<string>((done) => {
    // It ends with an error code, as it should; what it says is read below.
    execFile(process.execPath, args, { cwd, maxBuffer: 256 * 1024 * 1024 }, (_error, stdout) => done(stdout))
  })
  const { summary } = JSON.parse(output) as { summary: { violations: { from: string; rule: { name: string } }[] } }
  return new Set(summary.violations.map(({ from, rule }) => `${rule.name}: ${from}`))
}
