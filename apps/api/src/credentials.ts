import { hash } from 'node:crypto'
import { type Credential, type CredentialStore, DomainError } from '@inferq/domain'

/** A revoked key works this much longer at most, on the other api instances. */
const freshMs = 2_000
const maxCached = 10_000

/** Who is calling, by secret key; looks in the record at most once in a while per key. */
export function createAuthenticator(credentials: CredentialStore) {
  const cache = new Map<string, { credential: Credential; until: number }>()

  return {
    /** Throws UNAUTHENTICATED for a missing, unknown or revoked key alike. */
    async authenticate(secretKey: string | undefined): Promise<Credential> {
      if (!secretKey) throw unauthenticated('no credential: send X-API-KEY or Authorization: Bearer with a secret key')
      // Never the key itself: a heap dump should not hold it for longer than the request.
      const id = hash('sha256', secretKey, 'base64')
      const cached = cache.get(id)
      if (cached && cached.until > Date.now()) return cached.credential
      const credential = await credentials.findBySecret(secretKey)
      if (!credential) {
        cache.delete(id)
        throw unauthenticated('the credential is unknown or revoked')
      }
      if (cache.size >= maxCached) cache.clear()
      cache.set(id, { credential, until: Date.now() + freshMs })
      return credential
    },

    /** Forgets a credential at once on this instance. */
    forget(accessKey: string): void {
      for (const [id, { credential }] of cache) if (credential.accessKey === accessKey) cache.delete(id)
    },
  }
}

export type Authenticator = ReturnType<typeof createAuthenticator>

const unauthenticated = (message: string) => new DomainError('UNAUTHENTICATED', message)
