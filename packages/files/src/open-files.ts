import { createLocalFiles } from './local-files.ts'
import type { FilesPlace, OpenFiles } from './place.ts'

export async function openFiles(place: FilesPlace): Promise<OpenFiles> {
  if ('folder' in place) return { ...createLocalFiles(place.folder), close: () => {} }
  // Loaded here, since it is large: whoever has no bucket does without.
  const { createS3Files } = await import('./s3/s3-files.ts')
  return createS3Files(place.s3)
}
