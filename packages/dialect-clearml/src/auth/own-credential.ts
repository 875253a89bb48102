import type { Credential } from '@inferq/domain'
import type { Call } from '../call.ts'

/** A credential in force, if it is the caller's. */
export async function ownCredential({ identity, services }: Call, accessKey: string): Promise<Credential | null> {
  const credential = await services.credentials.findByAccessKey(accessKey)
  return credential?.user === identity.user && credential.company === identity.company ? credential : null
}
