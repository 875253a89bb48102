import { decodeJwt } from 'jose'
import type { ClearmlCaller } from '../testing/clearml.fixture.ts'

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

/** A token of the caller's, and what it says. */
export async function logIn(caller: ClearmlCaller, body: object = {}) {
  const { token } = await caller.ok('auth.login', body)
  return { token: token as string, claims: decodeJwt(token), headers: bearer(token) }
}

/** Without any credential. */
export const anonymous = { authorization: undefined }

export const codes = ({ status, subcode }: { status: number; subcode: number }) => `${status}/${subcode}`
