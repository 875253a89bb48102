/** Where in a trace we are, as the W3C header `traceparent` carries it from producer to worker. */
export interface TraceContext {
  /** 32 lower-case hex digits, the same for the whole life of a task. */
  readonly traceId: string
  /** 16 lower-case hex digits: the step that caused this one. */
  readonly spanId: string
  readonly sampled: boolean
}

const pattern = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/
const sampledFlag = 0x01

/** Reads a header. A wrong one is `null`, never an error: tracing must not cost a request. */
export function parseTraceparent(header: string | undefined): TraceContext | null {
  const match = pattern.exec(header?.trim() ?? '')
  if (match === null) return null
  const [, version, traceId, spanId, flags, more] = match as unknown as [
    string,
    string,
    string,
    string,
    string,
    string?,
  ]
  // Version 00 has four fields; a later one may add some, and ff is forbidden.
  if (version === 'ff' || (version === '00' && more !== undefined)) return null
  if (isZero(traceId) || isZero(spanId)) return null
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & sampledFlag) !== 0 }
}

export const formatTraceparent = ({ traceId, spanId, sampled }: TraceContext): string =>
  `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`

const isZero = (hex: string) => /^0+$/.test(hex)
