import { ApiError } from '../errors/api-error.ts'
import type { ClearmlServices } from '../services.ts'
import type { Authentication, Caller } from './identity.ts'
import type { Presented } from './read-credentials.ts'
import { createUseNotes } from './use-notes.ts'

/** Finds out who is behind what was presented, and notes that their credential was used. Throws `401/20` and others. */
export function createIdentify(
  authentication: Authentication,
  credentials: ClearmlServices['credentials'],
  onError: (error: unknown) => void,
): (presented: Presented, from: string) => Promise<Caller> {
  const noteUse = createUseNotes(credentials, onError)
  return async (presented, from) => {
    const caller = await find(authentication, presented)
    noteUse(caller.accessKey, from)
    return caller
  }
}

function find(authentication: Authentication, presented: Presented): Promise<Caller> {
  switch (presented.kind) {
    case 'nothing':
      throw new ApiError('noCredentials')
    case 'token':
      return authentication.byToken(presented.token)
    case 'secret':
      return authentication.bySecret(presented.secretKey)
    case 'keys':
      return authentication.byKeys(presented.accessKey, presented.secretKey)
  }
}
