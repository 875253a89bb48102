import { basic, type ClearmlCaller } from '../testing/clearml.fixture.ts'

export interface Keys {
  access_key: string
  secret_key: string
}

/** New keys of the caller's, with the header that shows them. */
export async function newKeys(caller: ClearmlCaller, label = 'new') {
  const { credentials } = await caller.ok('auth.create_credentials', { label })
  const { access_key, secret_key } = credentials as Keys
  const headers = { authorization: basic({ accessKey: access_key, secretKey: secret_key }) }
  return { access_key, secret_key, headers }
}
