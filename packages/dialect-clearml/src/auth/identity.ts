import type { Role } from '@inferq/domain'

/** On whose behalf a call is made. */
export interface Identity {
  user: string
  userName: string
  company: string
  companyName: string
  role: Role
}

/** Who is behind a call, and by what right. */
export interface Caller {
  identity: Identity
  accessKey: string
  /** Null: it came with its keys, not with a token. */
  sessionId: string | null
}

export interface NewToken {
  identity: Identity
  /** The credential that it dies with. */
  accessKey: string
  /** Absent: a new session. */
  sessionId?: string | undefined
  expirationSec?: number | undefined
}

/** Keys and tokens: who shows them, and new ones. */
export interface Authentication {
  /** Throws `401/22`. */
  byKeys(accessKey: string, secretKey: string): Promise<Caller>
  /** Throws `401/22`. */
  bySecret(secretKey: string): Promise<Caller>
  /** Throws `401/30`. */
  byToken(token: string): Promise<Caller>
  makeToken(token: NewToken): Promise<string>
  /** No token of it is taken any more: here at once, on other instances within two seconds. */
  endSession(sessionId: string): Promise<void>
  /** Forgets what was looked up; to be called after a credential was revoked. */
  forget(): void
}
