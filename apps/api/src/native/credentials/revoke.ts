import { CredentialView } from '@inferq/contracts'
import { DomainError } from '@inferq/domain'
import { z } from 'zod'
import { type NativeRoute, refusals } from '../route.ts'
import { credentialView } from './credential-view.ts'

export const credentialsRevoke: NativeRoute = (app, { credentials, authenticator }) => {
  app.delete(
    '/credentials/:access_key',
    {
      schema: {
        summary: 'Revoke a credential',
        description: 'It is refused from now on, on other api instances within two seconds.',
        tags: ['credentials'],
        params: z.object({ access_key: z.string() }),
        response: { 200: CredentialView, ...refusals },
      },
    },
    async ({ params, caller }) => {
      const revoked = await credentials.revokeCredential(caller.company, params.access_key)
      if (!revoked) throw new DomainError('CREDENTIAL_NOT_FOUND', 'there is no such credential in force')
      authenticator.forget(revoked.accessKey)
      return credentialView(revoked)
    },
  )
}
