const ascii = (text: string) => [...text].map((letter) => letter.charCodeAt(0))

/** What the files of a format begin with; `null` is any byte. */
const beginnings: readonly (readonly (number | null)[])[] = [
  [0xff, 0xd8, 0xff],
  [0x89, ...ascii('PNG\r\n\x1a\n')],
  ascii('GIF87a'),
  ascii('GIF89a'),
  [...ascii('RIFF'), null, null, null, null, ...ascii('WEBP')],
]

/** Whether it says of itself that it is a JPEG, PNG, GIF or WebP. */
export const isOfKnownFormat = (bytes: Uint8Array): boolean =>
  beginnings.some((beginning) => beginning.every((byte, i) => byte === null || bytes[i] === byte))
