/**
 * Kinds of files that are read, by the names of ffmpeg's readers of them. All of them read the one file they are given.
 * Playlists, scripts and series of images are absent, since they name other files, which a producer could choose.
 */
const readable = [
  ...[
    'mov',
    'mp4',
    'm4a',
    '3gp',
    '3g2',
    'mj2',
    'matroska',
    'webm',
    'avi',
    'flv',
    'asf',
    'mpegts',
    'mpeg',
    'ogg',
    'mxf',
  ],
  ...['nut', 'ivf', 'gif', 'rm', 'dv', 'wtv', 'h264', 'hevc', 'm4v', 'mpegvideo', 'obu', 'yuv4mpegpipe'],
  ...[
    'mp3',
    'aac',
    'ac3',
    'eac3',
    'dts',
    'flac',
    'wav',
    'w64',
    'aiff',
    'caf',
    'au',
    'amr',
    'wv',
    'ape',
    'tta',
    'mlp',
    'truehd',
  ],
]

export const readableList = readable.join(',')

/** In these a moment is found by an index, to the picture; elsewhere all before it is decoded. */
const withPictureIndex = new Set(['mov', 'matroska'])
/** In these a moment is found to the sample. */
const withSoundIndex = new Set(['mov', 'wav'])
/** These say how long they are; of others ffprobe guesses, by the size of the file and its first seconds. */
const withDuration = new Set([
  'mov',
  'matroska',
  'avi',
  'flv',
  'asf',
  'ogg',
  'mxf',
  'flac',
  'wav',
  'w64',
  'aiff',
  'caf',
  'au',
])

export interface Container {
  readonly findsPictures: boolean
  readonly findsSound: boolean
  readonly saysDuration: boolean
}

/** What is known of a kind of file, by all the names that ffprobe has for it: `mov,mp4,m4a`. */
export function containerOf(formatName: string): Container {
  const names = formatName.split(',')
  const isIn = (kinds: ReadonlySet<string>) => names.some((name) => kinds.has(name))
  return { findsPictures: isIn(withPictureIndex), findsSound: isIn(withSoundIndex), saysDuration: isIn(withDuration) }
}
