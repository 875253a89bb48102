import { CredentialList } from '@inferq/contracts'
import { type NativeRoute, refusals } from '../route.ts'
import { credentialView } from './credential-view.ts'

export const credentialsList: NativeRoute = (app, { credentials }) => {
  app.get(
    '/credentials',
    { schema: { summary: 'List credentials', tags: ['credentials'], response: { 200: CredentialList, ...refusals } } },
    async ({ caller }) => ({ credentials: (await credentials.listCredentials(caller.company)).map(credentialView) }),
  )
}
