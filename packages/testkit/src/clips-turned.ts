import { readFile, writeFile } from 'node:fs/promises'

const one = 1 << 16
/** The upper left of the matrix by which a player turns pictures clockwise: x right, x down, y right, y down. */
const turns = { 90: [0, one, -one, 0], 180: [-one, 0, 0, -one], 270: [0, -one, one, 0] } as const

/** Where the matrix stands behind the name of a track's header, as version 0 of it is laid out. */
const matrixOffset = 44

/** Marks the pictures of an mp4 as turned. The options of ffmpeg that do so differ from version to version. */
export async function turnPictures(path: string, clockwise: 90 | 180 | 270): Promise<void> {
  const bytes = await readFile(path)
  // The first track is the one with the pictures, since they are mapped first.
  const matrix = bytes.indexOf('tkhd') + matrixOffset
  const [xRight, xDown, yRight, yDown] = turns[clockwise]
  bytes.writeInt32BE(xRight, matrix)
  bytes.writeInt32BE(xDown, matrix + 4)
  bytes.writeInt32BE(yRight, matrix + 12)
  bytes.writeInt32BE(yDown, matrix + 16)
  await writeFile(path, bytes)
}
