const maxLength = 100

/** A name under which a file can be stored, whatever it was called where it came from. */
export function safeFileName(name: string | null): string {
  const last = lastPart(name ?? '').replaceAll(/\p{Cc}/gu, '')
  return ['', '.', '..'].includes(last) ? 'file' : last.slice(0, maxLength).toWellFormed()
}

/** The name of what is at an address; null: it says none. */
export function nameInUrl(url: string): string | null {
  const last = lastPart(new URL(url).pathname)
  return last === '' ? null : decodedOrSame(last)
}

const lastPart = (path: string): string => path.split(/[/\\]/).at(-1) as string

function decodedOrSame(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
