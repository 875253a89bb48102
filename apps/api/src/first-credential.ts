import type { CredentialStore } from '@inferq/domain'

/** Makes the first credential if there is none, and shows a made-up one: this once and never again. */
export async function announceFirstCredential(
  credentials: CredentialStore,
  { accessKey, secretKey }: { accessKey: string | undefined; secretKey: string | undefined },
): Promise<void> {
  const made = await credentials.bootstrap({ ...(accessKey ? { accessKey } : {}), ...(secretKey ? { secretKey } : {}) })
  // Whoever configured the key knows it.
  if (!made || secretKey) return
  const lines = [
    '',
    'The first credential, shown this once:',
    `  access key  ${made.accessKey}`,
    `  secret key  ${made.secretKey}`,
    '',
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}
