import { embedAudio, embedCombined, embedImage, embedText, embedVideo, type MediaModel } from '@inferq/contracts'
import type { MediaModels, PartName } from './media-models.ts'

/** A media model once for each job that it can serve with the parts that are loaded. */
export function describeMedia(media: MediaModel, models: MediaModels) {
  const loaded = models.loadedParts(media)
  const jobs = jobsOfParts(new Set(loaded.map(({ part }) => part)))
  return loaded
    .slice(0, 1)
    .flatMap(({ device }) => jobs.map((job) => ({ name: media.name, job, engine: 'media', device })))
}

function jobsOfParts(parts: ReadonlySet<PartName>): string[] {
  const embedsSpeech = parts.has('speech') && parts.has('text')
  const jobs: [name: string, isServed: boolean][] = [
    [embedText.name, parts.has('text')],
    [embedImage.name, parts.has('image')],
    [embedCombined.name, parts.has('text') && parts.has('image')],
    [embedAudio.name, parts.has('audio') || embedsSpeech],
    [embedVideo.name, parts.has('image') || parts.has('audio') || embedsSpeech],
  ]
  return jobs.flatMap(([name, isServed]) => (isServed ? [name] : []))
}
