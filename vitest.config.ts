import { defaultExclude, defineConfig } from 'vitest/config'

const dialectTests = 'packages/dialect-*/src/**/*.test.ts'

const shared = {
  environment: 'node',
  // Processes, not threads: tests start servers, send signals and load native code.
  pool: 'forks' as const,
  setupFiles: ['packages/testkit/src/leak-check.ts'],
  hookTimeout: 60_000,
  // Tests wait for servers and disks more than they compute.
  maxWorkers: '100%',
}

export default defineConfig({
  test: {
    globalSetup: ['packages/testkit/src/global-setup.ts'],
    passWithNoTests: true,
    teardownTimeout: 30_000,
    projects: [
      {
        test: {
          ...shared,
          name: 'fast',
          include: ['packages/**/src/**/*.test.ts', 'apps/**/src/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: [...defaultExclude, dialectTests],
          testTimeout: 20_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...shared,
          name: 'dialects',
          include: [dialectTests],
          // One file per endpoint: they share modules, connections and a database rather than open them a hundred times.
          isolate: false,
          testTimeout: 20_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...shared,
          name: 'whole',
          include: ['test/{e2e,conformance}/**/*.test.ts'],
          testTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...shared,
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          // One at a time and after all others: they measure recovery times, and kill what would be shared.
          fileParallelism: false,
          testTimeout: 180_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
