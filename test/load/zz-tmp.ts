import { startSharedServers } from '@inferq/testkit'
import { measureQueries } from './clearml-queries.ts'
const stop = await startSharedServers(console.log)
try { const t = performance.now(); await measureQueries(Number(process.argv[2] ?? 100000), console.log); console.log(performance.now() - t) } finally { await stop() }
