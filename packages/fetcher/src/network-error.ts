import { JobError } from '@inferq/contracts'

/** What went wrong below HTTP, in words that tell a producer nothing of our network. */
const sentences = new Map([
  ['ENOTFOUND', 'is not known'],
  ['ENODATA', 'has no address'],
  ['ECONNREFUSED', 'refused the connection'],
  ['ECONNRESET', 'closed the connection early'],
  ['EPIPE', 'closed the connection early'],
  ['ERR_STREAM_PREMATURE_CLOSE', 'closed the connection early'],
  // The parser's word for a body that ended before its end.
  ['HPE_INVALID_EOF_STATE', 'closed the connection early'],
])

const badCertificate = /CERT|SIGNATURE|INVALID_CA|HOSTNAME_MISMATCH|CRL/
const badTls = /^(ERR_TLS|ERR_SSL|EPROTO)/

/** The JobError of an error of Node's sockets, TLS or HTTP parser; any other error stays what it is. */
export function networkError(error: unknown, who: string): unknown {
  const code = codeOf(error)
  if (error instanceof JobError || code === '') return error
  if (sentences.has(code)) return unreachable(error, who)
  if (code.startsWith('HPE_')) return refused(error, `${who} does not answer as HTTP has it`)
  if (badCertificate.test(code)) return refused(error, `${who} has no valid certificate`)
  if (badTls.test(code)) return refused(error, `${who} does not answer as TLS has it`)
  return unreachable(error, who)
}

export const unreachable = (cause: unknown, who: string) =>
  new JobError('INPUT_UNREACHABLE', `${who} ${sentences.get(codeOf(cause)) ?? 'cannot be reached'}`, { cause })

const refused = (cause: unknown, message: string) => new JobError('INPUT_REFUSED', message, { cause })

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
