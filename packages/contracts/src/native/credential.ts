import { z } from 'zod'

export const CredentialView = z
  .object({
    access_key: z.string(),
    name: z.string(),
    created_at: z.iso.datetime(),
    revoked_at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Credential' })
export type CredentialView = z.infer<typeof CredentialView>

export const CreateCredential = z
  .strictObject({ name: z.string().trim().min(1).max(100).optional() })
  .meta({ id: 'CreateCredential' })

export const NewCredentialView = CredentialView.extend({
  secret_key: z.string().meta({ description: 'Shown here and never again.' }),
}).meta({ id: 'NewCredential' })
export type NewCredentialView = z.infer<typeof NewCredentialView>

export const CredentialList = z.object({ credentials: z.array(CredentialView) }).meta({ id: 'CredentialList' })
