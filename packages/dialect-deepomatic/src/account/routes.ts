import { hash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { DeepomaticOptions } from '../options.ts'

/** What clients ask to see whether their key is right. */
export function accountRoutes(app: FastifyInstance, { services }: DeepomaticOptions): void {
  app.get('/accounts/me', async ({ caller }) => {
    const user = await services.users.findUser(caller.user)
    return { id: numberOf(caller.user), name: user?.name ?? caller.name }
  })
}

/** A whole number that is always the same for the same id; 31 bits, which every reader has room for. */
const numberOf = (id: string): number => hash('sha256', id, 'buffer').readUInt32BE() >>> 1
