import { classifyImage } from './classify-image.ts'
import type { JobDefinition } from './define-job.ts'
import { detectImage } from './detect-image.ts'
import { echo } from './echo.ts'
import { embedAudio } from './embed-audio.ts'
import { embedCombined } from './embed-combined.ts'
import { embedImage } from './embed-image.ts'
import { embedText } from './embed-text.ts'
import { embedVideo } from './embed-video.ts'

/** Every kind of job there is. Producer, worker and console read this one list; a new kind is one entry here. */
export const jobs = {
  [embedText.name]: embedText,
  [embedImage.name]: embedImage,
  [embedAudio.name]: embedAudio,
  [embedVideo.name]: embedVideo,
  [embedCombined.name]: embedCombined,
  [classifyImage.name]: classifyImage,
  [detectImage.name]: detectImage,
  [echo.name]: echo,
} as const satisfies Record<string, JobDefinition>

export type JobName = keyof typeof jobs
export const jobNames = Object.keys(jobs) as [JobName, ...JobName[]]

export const findJob = (name: string): JobDefinition | undefined =>
  Object.hasOwn(jobs, name) ? (jobs as Record<string, JobDefinition>)[name] : undefined
