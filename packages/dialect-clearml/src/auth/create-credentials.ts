import { defineEndpoint } from '../endpoint.ts'
import { defaulted, object, text } from '../transport/fields.ts'

/** Another pair of keys for the caller. The secret key is in this answer and never again. */
export const authCreateCredentials = defineEndpoint('auth.create_credentials', {
  since: '2.1',
  request: object({ label: defaulted(text, '') }),
  async handle({ identity, services }, { label }) {
    const { accessKey, secretKey, name } = await services.credentials.createCredential(identity, label)
    return { credentials: { access_key: accessKey, secret_key: secretKey, label: name } }
  },
})
