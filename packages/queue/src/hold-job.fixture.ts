import { patientConnection } from './connection.ts'
import { consumeJobs } from './job-consumer.ts'
import { silentLog } from './queue.fixture.ts'

/** A worker for tests to kill: takes one job, says so, and never ends it. */
const [url = '', company = '', queue = ''] = process.argv.slice(2)
const redis = patientConnection({ url, name: 'holder', log: silentLog })
const consumer = consumeJobs({
  redis,
  ref: { company, queue },
  concurrency: 1,
  run: ({ jobId }) => {
    console.log(`holding ${jobId}`)
    return new Promise(() => {})
  },
  log: silentLog,
})
consumer.start()
