import type { FastifyRequest } from 'fastify'

/** What a client says of itself; the older prefix is still sent. */
export function callerHeader({ headers }: FastifyRequest, name: string): string | undefined {
  const value = headers[`x-clearml-${name}`] ?? headers[`x-trains-${name}`]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Behind a proxy, the address that it names. */
export function callerIp({ headers, ip }: FastifyRequest): string {
  const forwarded = String(headers['x-forwarded-for'] ?? '')
    .split(',')[0]
    ?.trim()
  return forwarded || String(headers['x-real-ip'] ?? '') || ip
}
