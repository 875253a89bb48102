import { runDaemon } from './daemon.ts'
import { speaker } from './say.ts'

// A program of its own, so that it can be killed as a machine is lost. Its options come as one JSON argument.
const { pauseAfter, ...options } = JSON.parse(process.argv[2] ?? '{}')
const say = speaker(pauseAfter ?? null)
let isStopping = false
process.on('SIGTERM', () => {
  isStopping = true
})

try {
  await runDaemon({ ...options, say }, () => isStopping)
  process.exit(0)
} catch (error) {
  say('broke', { why: error instanceof Error ? error.message : `${error}` })
  process.exit(1)
}
