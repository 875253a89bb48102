const boundary = 'e9c6c1f2a3b4d5e6'

export const formHeaders = { 'content-type': `multipart/form-data; boundary=${boundary}`, accept: '*/*' }

export interface Part {
  name: string
  value: string | Buffer
  /** Present: the part is a file. */
  filename?: string
  type?: string
}

/** A form byte by byte as the Python client sends it; `end`: whether its last boundary is there. */
export function form(parts: readonly Part[], end = true): Buffer {
  const pieces = parts.flatMap(({ name, value, filename, type }) => [
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"`,
    filename === undefined ? '' : `; filename="${filename}"`,
    type === undefined ? '' : `\r\nContent-Type: ${type}`,
    '\r\n\r\n',
    value,
    '\r\n',
  ])
  return Buffer.concat([...pieces, end ? `--${boundary}--\r\n` : ''].map((piece) => Buffer.from(piece)))
}

export const json = 'application/json'
