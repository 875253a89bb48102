/** A client that was set up with an empty version asks for `/v0.7//accounts/me/`; this is the address that it means. */
export function withoutDoubledSlashes(url: string, prefix: string): string {
  if (!url.startsWith(prefix)) return url
  const [path, ...query] = url.split('?')
  return [(path as string).replaceAll(/\/{2,}/g, '/'), ...query].join('?')
}
