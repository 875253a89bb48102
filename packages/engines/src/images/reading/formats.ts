import type { ImageFormat } from '@inferq/contracts'

const ascii = (text: string) => [...text].map((letter) => letter.charCodeAt(0))

/** What the files of a format begin with; `null` is any byte. */
const beginnings: readonly (readonly [ImageFormat, readonly (number | null)[]])[] = [
  ['jpeg', [0xff, 0xd8, 0xff]],
  ['png', [0x89, ...ascii('PNG\r\n\x1a\n')]],
  ['webp', [...ascii('RIFF'), null, null, null, null, ...ascii('WEBP')]],
  ['gif', ascii('GIF87a')],
  ['gif', ascii('GIF89a')],
]

// Not from the contracts, which would make the thread that reads images slow to start.
export const readableFormats: readonly ImageFormat[] = [...new Set(beginnings.map(([format]) => format))]

/** What it says of itself that it is; `undefined`: none of these. */
export const formatOf = (bytes: Uint8Array): ImageFormat | undefined =>
  beginnings.find(([, beginning]) => beginning.every((byte, i) => byte === null || bytes[i] === byte))?.[0]

const names = { jpeg: 'JPEG', png: 'PNG', webp: 'WebP', gif: 'GIF' } as const satisfies Record<ImageFormat, string>

/** For people: `JPEG, PNG or GIF`. */
export const listOf = (formats: readonly ImageFormat[]): string =>
  formats
    .map((format) => names[format])
    .join(', ')
    .replace(/, (?=[^,]*$)/, ' or ')
