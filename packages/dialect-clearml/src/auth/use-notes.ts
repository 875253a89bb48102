import type { CredentialStore } from '@inferq/domain'

const noteEveryMs = 60_000
const maxRemembered = 10_000

/** Notes when and from where a credential was used; once a minute at most, since it costs a write, and beside the call. */
export function createUseNotes(credentials: Pick<CredentialStore, 'noteUse'>, onError: (error: unknown) => void) {
  const notedAt = new Map<string, number>()
  return (accessKey: string, from: string): void => {
    if (Date.now() - (notedAt.get(accessKey) ?? 0) < noteEveryMs) return
    if (notedAt.size >= maxRemembered) notedAt.clear()
    notedAt.set(accessKey, Date.now())
    credentials.noteUse(accessKey, from).catch(onError)
  }
}
