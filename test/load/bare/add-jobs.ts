import { Queue } from 'bullmq'
import { Redis } from 'ioredis'

/** The adding process of the baseline: `inFlight` adds at a time, one job each, as a producer of bare BullMQ would. */
const [url = '', total = '0', inFlight = '1'] = process.argv.slice(2)
const connection = new Redis(url, { maxRetriesPerRequest: null })
const queue = new Queue('bare', { connection })
await queue.waitUntilReady()
let next = 0
const add = async () => {
  while (next < Number(total)) await queue.add('echo', { n: next++ }, { removeOnComplete: true })
}
await Promise.all(Array.from({ length: Number(inFlight) }, add))
await queue.close()
connection.disconnect()
