import type { FastifyReply, FastifyRequest } from 'fastify'

/** How much of a refused upload is still read. Most clients look at the answer only once they have sent all. */
const maxDiscardedBytes = 256 * 1024 * 1024

/** Ends the connection when nothing goes over it for so long: the other side may be gone without a word. */
export const endWhenIdle = ({ raw }: FastifyRequest, idleMs: number): void => {
  raw.setTimeout(idleMs)
}

/** To be called when the answer is on its way. Whoever has much left to send loses the connection. */
export function discardRest({ raw }: FastifyRequest, reply: FastifyReply): void {
  if (raw.complete || raw.destroyed) return
  // Set for a body that is too large: the connection would be reset while it is sent, and the answer lost with it.
  reply.removeHeader('connection')
  let left = maxDiscardedBytes
  raw.on('error', () => {})
  raw.on('data', (chunk: Buffer) => {
    left -= chunk.length
    if (left < 0) raw.destroy()
  })
  raw.resume()
}
