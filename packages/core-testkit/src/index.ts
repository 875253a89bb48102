export { openTestCore, type TestCore, type TestCoreOptions } from './test-core.ts'
export { createTestFiles } from './test-files.ts'
export { migrateDatabase, openTestStore } from './test-store.ts'
