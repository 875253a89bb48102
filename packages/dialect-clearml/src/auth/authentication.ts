import { hash } from 'node:crypto'
import type { Credential, User } from '@inferq/domain'
import { ApiError } from '../errors/api-error.ts'
import type { ClearmlServices } from '../services.ts'
import { expirationSeconds } from './expiration.ts'
import type { Authentication, Caller, Identity } from './identity.ts'
import { ShortCache } from './short-cache.ts'
import { createTokens } from './tokens.ts'

export function createAuthentication({
  users,
  credentials,
}: Pick<ClearmlServices, 'users' | 'credentials'>): Authentication {
  const cache = new ShortCache<Caller>()
  const tokens = createTokens(users)

  async function callerOf(finding: Promise<Credential | null>): Promise<Caller> {
    const credential = await finding
    const user = credential && (await users.findUser(credential.user))
    if (!user) throw new ApiError('invalidCredentials')
    return { identity: identityOf(user), accessKey: credential.accessKey, sessionId: null }
  }

  async function callerByToken(token: string): Promise<Caller> {
    const claims = await tokens.verify(token)
    const [credential, user, isRevoked] = await Promise.all([
      credentials.findByAccessKey(claims.accessKey),
      users.findUser(claims.user),
      users.isSessionRevoked(claims.sessionId),
    ])
    if (!credential || !user || isRevoked) throw new ApiError('invalidToken', 'it was revoked')
    return { identity: identityOf(user), accessKey: claims.accessKey, sessionId: claims.sessionId }
  }

  return {
    byKeys: (accessKey, secretKey) =>
      cache.get(cacheKey(`${accessKey}:${secretKey}`), () => callerOf(credentials.findByKeys(accessKey, secretKey))),
    bySecret: (secretKey) => cache.get(cacheKey(`:${secretKey}`), () => callerOf(credentials.findBySecret(secretKey))),
    byToken: (token) => cache.get(cacheKey(token), () => callerByToken(token)),
    makeToken: (token) => tokens.sign(token),
    async endSession(sessionId) {
      // A token of it that was renewed a moment ago lives the longest.
      await users.revokeSession(sessionId, new Date(Date.now() + expirationSeconds.longest * 1_000))
      cache.clear()
    },
    forget: () => cache.clear(),
  }
}

export const identityOf = ({ id, name, company, companyName, role }: User): Identity => ({
  user: id,
  userName: name,
  company,
  companyName,
  role,
})

/** Never the secret itself: a heap dump should not hold it for longer than the request. */
const cacheKey = (secret: string) => hash('sha256', secret, 'base64')
