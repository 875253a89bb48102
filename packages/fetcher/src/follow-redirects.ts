import type { IncomingMessage } from 'node:http'
import { JobError } from '@inferq/contracts'
import type { AllowList } from './allow-list.ts'
import { ask } from './ask.ts'
import type { Clock } from './clock.ts'
import { hostOf, readFetchUrl } from './fetch-url.ts'
import { guardedAddresses, type Resolve } from './guarded-addresses.ts'
import { networkError } from './network-error.ts'

interface Settings {
  allow: AllowList
  resolve: Resolve
  maxRedirects: number
  connectTimeoutMs: number
  headersTimeoutMs: number
  clock: Clock
}

/** The first answer that is no redirect, and what messages call the one who gave it. Every hop is guarded alike. */
export async function followRedirects(
  text: string,
  host: string,
  settings: Settings,
): Promise<{ answer: IncomingMessage; who: string }> {
  let who = host
  let url = readFetchUrl(text, who)
  for (let redirects = 0; ; redirects += 1) {
    const answer = await askGuarded(url, who, settings)
    const target = targetOf(answer)
    if (target === null) return { answer, who }
    answer.destroy()
    if (redirects === settings.maxRedirects) {
      throw new JobError('INPUT_REFUSED', `${host} redirects more than ${settings.maxRedirects} times`)
    }
    // Not by its name: a host inside that an operator allowed may name others there.
    who = `the address that ${host} redirects to`
    url = readFetchUrl(target, who, url)
  }
}

async function askGuarded(url: URL, who: string, settings: Settings): Promise<IncomingMessage> {
  const { clock, resolve, allow, connectTimeoutMs, headersTimeoutMs } = settings
  const { signal } = clock
  clock.startPhase(connectTimeoutMs, who, 'accept a connection')
  const addresses = await guardedAddresses(hostOf(url), { who, resolve, allow, signal })
  const onConnected = () => clock.startPhase(headersTimeoutMs, who, 'answer')
  const answer = await ask(url, addresses, { signal, onConnected }).catch((error: unknown) => {
    throw networkError(error, who)
  })
  clock.endPhase()
  return answer
}

function targetOf({ statusCode = 0, headers: { location } }: IncomingMessage): string | null {
  return [301, 302, 303, 307, 308].includes(statusCode) && location !== undefined ? location : null
}
