import { randomUUID } from 'node:crypto'
import type { UserStore } from '@inferq/domain'
import { errors as joseErrors, jwtVerify, SignJWT } from 'jose'
import { apiVersion, serverBuild, serverVersion } from '../call.ts'
import { ApiError } from '../errors/api-error.ts'
import { formatVersion } from '../transport/path.ts'
import { expirationSeconds } from './expiration.ts'
import type { Identity, NewToken } from './identity.ts'

/** What a token of ours says, once it is known to be one. */
export interface TokenClaims {
  user: string
  sessionId: string
  /** The credential that it was made from, and dies with. */
  accessKey: string
}

export interface Tokens {
  sign(token: NewToken): Promise<string>
  /** Throws `401/30` for anything that is not a token of ours that is still good. */
  verify(token: string): Promise<TokenClaims>
}

const algorithm = 'HS256'

export function createTokens(users: Pick<UserStore, 'signingKey'>): Tokens {
  let known: Promise<Uint8Array> | undefined
  const key = () => {
    known ??= users.signingKey().catch((error) => {
      known = undefined
      throw error
    })
    return known
  }
  return {
    async sign({ identity, accessKey, sessionId, expirationSec = expirationSeconds.usual }) {
      const now = Math.floor(Date.now() / 1_000)
      return new SignJWT({ ...claimsOf(identity), access_key: accessKey, session_id: sessionId ?? newSessionId() })
        .setProtectedHeader({ alg: algorithm, typ: 'JWT' })
        .setIssuedAt(now)
        .setExpirationTime(now + expirationSec)
        .sign(await key())
    },

    async verify(token) {
      const secret = await key()
      const { payload } = await jwtVerify(token, secret, { algorithms: [algorithm] }).catch((error) => {
        const expired = error instanceof joseErrors.JWTExpired
        throw new ApiError('invalidToken', expired ? 'it has expired' : 'it was not made by this server', {}, error)
      })
      const { identity, session_id, access_key } = payload as { [claim: string]: unknown }
      const user = (identity as { user?: unknown } | undefined)?.user
      if (typeof user !== 'string' || typeof session_id !== 'string' || typeof access_key !== 'string') {
        throw new ApiError('invalidToken', 'it lacks claims')
      }
      return { user, sessionId: session_id, accessKey: access_key }
    },
  }
}

const newSessionId = () => randomUUID().replaceAll('-', '')

/** Clients read these without asking: the versions decide what they send, the feature set what they expect. */
const claimsOf = (identity: Identity) => ({
  auth_type: 'Bearer',
  env: 'inferq',
  identity: {
    user: identity.user,
    company: identity.company,
    role: identity.role,
    user_name: identity.userName,
    company_name: identity.companyName,
  },
  entities: {},
  api_version: formatVersion(apiVersion),
  server_version: serverVersion,
  server_build: serverBuild,
  feature_set: 'basic',
})
