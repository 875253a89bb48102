import { Worker } from 'bullmq'
import { Redis } from 'ioredis'

/** The working process of the baseline: does nothing with each job, says when the last one is done. */
const [url = '', total = '0', concurrency = '1'] = process.argv.slice(2)
const connection = new Redis(url, { maxRetriesPerRequest: null })
let done = 0
const worker = new Worker('bare', async () => {}, { connection, concurrency: Number(concurrency) })
worker.on('completed', () => {
  if (++done === Number(total)) console.log('all done')
})
await worker.waitUntilReady()
console.log('ready')
