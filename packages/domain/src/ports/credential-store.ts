export interface Credential {
  accessKey: string
  company: string
  user: string
  name: string
  createdAt: Date
  revokedAt: Date | null
  lastUsedAt: Date | null
  /** The host or worker that used it last. */
  lastUsedFrom: string | null
}

export interface CredentialStore {
  /** Makes the first company, user, default queue and credential if there are none. Null: there was one already. */
  bootstrap(options: {
    accessKey?: string
    secretKey?: string
  }): Promise<{ accessKey: string; secretKey: string } | null>
  createCredential(owner: { company: string; user: string }, name: string): Promise<Credential & { secretKey: string }>
  listCredentials(company: string): Promise<readonly Credential[]>
  /** Null: unknown, foreign or revoked before. */
  revokeCredential(company: string, accessKey: string): Promise<Credential | null>
  /** Null: unknown, foreign or revoked. */
  renameCredential(company: string, accessKey: string, name: string): Promise<Credential | null>
  /** Null: unknown or revoked. */
  findBySecret(secretKey: string): Promise<Credential | null>
  /** Null: unknown or revoked, or the secret is another one's. */
  findByKeys(accessKey: string, secretKey: string): Promise<Credential | null>
  /** Null: unknown or revoked. */
  findByAccessKey(accessKey: string): Promise<Credential | null>
  noteUse(accessKey: string, from: string): Promise<void>
}
