import { inspect } from './inspect.ts'
import { measureDuration } from './measure-duration.ts'
import { shownSize } from './picture-size.ts'
import type { ReadSettings } from './read-settings.ts'
import type { MediaFacts } from './types.ts'

export async function probe(path: string, settings: ReadSettings): Promise<MediaFacts> {
  const inspection = await inspect(path, settings)
  const { container, video, audio } = inspection
  const said = container.saysDuration ? inspection.durationSec : null
  return {
    durationSec: said || (await measureDuration(path, inspection, settings)),
    video: video && shownSize(video),
    audio: audio && { sampleRate: audio.sampleRate, channels: audio.channels },
  }
}
