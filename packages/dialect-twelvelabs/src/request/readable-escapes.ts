/** An address below the prefix in which `%` stands for itself where it begins no escape: ids may be any text. */
export function withReadableEscapes(url: string, prefix: string): string {
  if (!url.startsWith(prefix) || isReadable(url)) return url
  return url.replaceAll('%', '%25')
}

function isReadable(url: string): boolean {
  try {
    decodeURIComponent(url)
    return true
  } catch {
    return false
  }
}
