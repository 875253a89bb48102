const utf8 = '; charset=utf-8'

/** What browsers show. Everything else is bytes, which they save. */
const types: Readonly<Record<string, string>> = {
  ...{ txt: `text/plain${utf8}`, log: `text/plain${utf8}`, csv: `text/csv${utf8}`, tsv: `text/plain${utf8}` },
  ...{ md: `text/markdown${utf8}`, yaml: `text/plain${utf8}`, yml: `text/plain${utf8}`, py: `text/plain${utf8}` },
  ...{ json: 'application/json', pdf: 'application/pdf', zip: 'application/zip', gz: 'application/gzip' },
  ...{ png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif', webp: 'image/webp' },
  ...{ bmp: 'image/bmp', ico: 'image/x-icon', tif: 'image/tiff', tiff: 'image/tiff', avif: 'image/avif' },
  ...{ mp4: 'video/mp4', webm: 'video/webm', mov: 'video/quicktime', avi: 'video/x-msvideo' },
  ...{ mp3: 'audio/mpeg', wav: 'audio/wav', ogg: 'audio/ogg', flac: 'audio/flac', m4a: 'audio/mp4' },
  ...{ html: `text/html${utf8}`, htm: `text/html${utf8}`, svg: 'image/svg+xml', xml: 'application/xml' },
}

/** Those that a browser would run scripts of, with the rights of this server's pages. */
const active = new Set(['html', 'htm', 'svg', 'xml'])

/** By the ending of its name: nobody looks into a file. */
export function typeHeaders(path: string): Record<string, string> {
  const ending = /[.]([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''
  return {
    'content-type': Object.hasOwn(types, ending) ? (types[ending] as string) : 'application/octet-stream',
    'x-content-type-options': 'nosniff',
    // Shown as it is, but nothing in it runs, and it is a page of nowhere.
    ...(active.has(ending) ? { 'content-security-policy': 'sandbox' } : {}),
  }
}

/** What makes a browser save the file under its own name. */
export function attachmentHeader(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/gu, '_')
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeStrictly(name)}`
}

const encodeStrictly = (text: string): string =>
  encodeURIComponent(text).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
