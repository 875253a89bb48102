import { CreateCredential, NewCredentialView } from '@inferq/contracts'
import { type NativeRoute, refusals } from '../route.ts'
import { credentialView } from './credential-view.ts'

export const credentialsCreate: NativeRoute = (app, { credentials }) => {
  app.post(
    '/credentials',
    {
      schema: {
        summary: 'Make a credential',
        description: 'The secret key is shown in this answer and never again.',
        tags: ['credentials'],
        body: CreateCredential.nullish(),
        response: { 201: NewCredentialView, ...refusals },
      },
    },
    async ({ body, caller }, reply) => {
      const created = await credentials.createCredential(caller, body?.name ?? '')
      return reply.code(201).send({ ...credentialView(created), secret_key: created.secretKey })
    },
  )
}
