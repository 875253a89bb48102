import type { CredentialView } from '@inferq/contracts'
import type { Credential } from '@inferq/domain'

export const credentialView = ({ accessKey, name, createdAt, revokedAt }: Credential): CredentialView => ({
  access_key: accessKey,
  name,
  created_at: createdAt.toISOString(),
  revoked_at: revokedAt?.toISOString() ?? null,
})
