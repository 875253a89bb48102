import { accessKey, type Inferq, type InferqOptions, secretKey, startInferq } from '../inferq.ts'
import { openSdkSession, readClaims, type SdkOptions, type SdkSession } from './wire.ts'

/** A whole Inferq with a user of the SDK at it. */
export interface SdkSystem {
  readonly inferq: Inferq
  readonly sdk: SdkSession
  /** Another session: of the same keys, or from a token. */
  open(options?: SdkOptions, credentials?: { token: string }): Promise<SdkSession>
  /** A session of another person in the same company. */
  colleague(name: string): Promise<SdkSession>
  stop(): Promise<void>
}

export async function startSdkSystem(options: InferqOptions = {}): Promise<SdkSystem> {
  const inferq = await startInferq({ worker: null, ...options })
  const sessions: SdkSession[] = []
  const open: SdkSystem['open'] = async (more, credentials = undefined) => {
    const session = await openSdkSession(inferq.url, credentials ?? { accessKey, secretKey }, more)
    sessions.push(session)
    return session
  }
  const stop = async () => {
    for (const session of sessions) session.close()
    await inferq.stop()
  }
  try {
    const sdk = await open()
    return {
      ...{ inferq, sdk, open, stop },
      async colleague(name) {
        const { identity } = readClaims(sdk.token)
        const email = `${name}@example.org`
        const { id } = await sdk.ok('auth.create_user', { name, email, company: identity.company })
        return open({ onBehalfOf: id })
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}
