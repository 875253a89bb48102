import { randomBytes } from 'node:crypto'

/** One part of a form: a file if it has a filename. */
export interface Part {
  name: string
  filename?: string
  /** Its Content-Type; absent: none is sent. */
  type?: string
  value: string | Uint8Array
}

export interface Body {
  type: string
  bytes: Buffer
}

/** The form byte by byte, as the Python client's HTTP library writes it: names as they are, brackets and all. */
export function multipart(parts: readonly Part[]): Body {
  const boundary = randomBytes(16).toString('hex')
  const bytes = parts.flatMap(({ name, filename, type, value }) => [
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"`),
    Buffer.from(filename === undefined ? '' : `; filename="${filename}"`),
    Buffer.from(type === undefined ? '\r\n\r\n' : `\r\nContent-Type: ${type}\r\n\r\n`),
    Buffer.from(value),
    Buffer.from('\r\n'),
  ])
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    bytes: Buffer.concat([...bytes, Buffer.from(`--${boundary}--\r\n`)]),
  }
}
