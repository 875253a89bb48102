import { createHash } from 'node:crypto'
import { apiVersion, isBefore, serverBuild, serverVersion } from '../call.ts'
import { defineEndpoint } from '../endpoint.ts'
import { object } from '../transport/fields.ts'
import { formatVersion } from '../transport/path.ts'

/** Which server this is; `uid` is the same on all its instances. */
export const serverInfo = defineEndpoint('server.info', {
  since: '2.1',
  authorize: 'none',
  request: object({}),
  async handle({ services, version }) {
    return {
      version: serverVersion,
      build: serverBuild,
      commit: '',
      ...(isBefore(version, [2, 8]) ? {} : { uid: uidOf(await services.users.signingKey()) }),
      ...(isBefore(version, [2, 12]) ? {} : { api_version: formatVersion(apiVersion) }),
    }
  },
})

/** The one thing that only this server's instances share; nobody gets from the digest to the key. */
const uidOf = (signingKey: Uint8Array) =>
  createHash('sha256').update('server uid').update(signingKey).digest('hex').slice(0, 32)
