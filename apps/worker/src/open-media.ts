import { JobError } from '@inferq/contracts'
import { createFetcher } from '@inferq/fetcher'
import type { OpenFiles } from '@inferq/files'
import { createMedia, findMediaTools } from '@inferq/media'
import type { Cleanup } from '@inferq/service'
import type { Logger } from '@inferq/telemetry'
import type { Config } from './config.ts'
import type { HandlerParts } from './define-handler.ts'
import { createMediaLoader, type LoadMedia } from './load-media.ts'
import { openScratch } from './scratch.ts'

interface MediaParts {
  readonly files: Pick<OpenFiles, 'read'>
  readonly log: Logger
  readonly cleanup: Cleanup
}

/** What jobs read audio and video with. A worker that has not got it all runs every other job. */
export async function openMedia(
  config: Config['media'],
  { files, log, cleanup }: MediaParts,
): Promise<Pick<HandlerParts, 'media' | 'loadMedia'>> {
  const tools = findMediaTools(config.tools)
  if (tools === null) log.warn(config.tools, 'there is no ffmpeg, or no ffprobe: this worker reads no audio or video')
  return { media: createMedia({ tools }), loadMedia: await openLoader(config, { files, log, cleanup }) }
}

async function openLoader(
  { scratch: { folder, quotaBytes }, fetch, maxMediaBytes }: Config['media'],
  { files, log, cleanup }: MediaParts,
): Promise<LoadMedia> {
  const scratch = await openScratch({ folder, quotaBytes, log }).catch((error) => {
    log.warn({ err: error, folder }, 'there is no scratch folder: this worker reads no audio or video')
    return null
  })
  if (scratch === null) return cannotLoad
  cleanup.add('scratch', () => scratch.close())
  const fetcher = createFetcher(fetch)
  cleanup.add('media fetcher', () => fetcher.close())
  return createMediaLoader({ files, fetcher, scratch, maxMediaBytes })
}

const cannotLoad: LoadMedia = async () => {
  throw new JobError('ENGINE_UNAVAILABLE', 'this worker has no folder for audio and video files')
}
