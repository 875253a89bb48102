import { Queue } from 'bullmq'
import Fastify from 'fastify'
import { Redis } from 'ioredis'

/** The baseline of the submit path: a Fastify route that adds to BullMQ and records nothing. */
const [url = '', port = '0'] = process.argv.slice(2)
const queue = new Queue('bare', { connection: new Redis(url, { maxRetriesPerRequest: null }) })
const app = Fastify()
app.post('/jobs', async (request) => {
  const job = await queue.add('echo', request.body)
  return { id: job.id }
})
await app.listen({ port: Number(port), host: '127.0.0.1' })
console.log('ready')
