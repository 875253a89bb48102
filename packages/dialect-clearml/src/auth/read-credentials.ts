import { ApiError } from '../errors/api-error.ts'

export const cookieName = 'clearml_token_basic'

export type Presented =
  | { kind: 'token'; token: string }
  | { kind: 'keys'; accessKey: string; secretKey: string }
  /** Of a key pair the secret alone, as the native API takes it. */
  | { kind: 'secret'; secretKey: string }
  | { kind: 'nothing' }

/** What a caller shows to say who they are; the header counts before the cookie. Throws `401/10` and `401/21`. */
export function readCredentials(authorization: string | undefined, cookie: string | undefined): Presented {
  if (!authorization) {
    const token = cookieValue(cookie)
    return token ? { kind: 'token', token } : { kind: 'nothing' }
  }
  const [scheme = '', ...rest] = authorization.trim().split(/\s+/)
  const value = rest.join(' ')
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return { kind: 'token', token: value }
    case 'basic':
      return readBasic(value)
    default:
      throw new ApiError('badAuthType')
  }
}

function readBasic(value: string): Presented {
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(value)) throw new ApiError('badCredentials')
  const pair = Buffer.from(value, 'base64').toString()
  const colon = pair.indexOf(':')
  if (colon < 1 || pair.includes('\ufffd')) throw new ApiError('badCredentials')
  return { kind: 'keys', accessKey: pair.slice(0, colon), secretKey: pair.slice(colon + 1) }
}

const cookieValue = (header: string | undefined): string | undefined =>
  header
    ?.split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${cookieName}=`))
    ?.slice(cookieName.length + 1)
