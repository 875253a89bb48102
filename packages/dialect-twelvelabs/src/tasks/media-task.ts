import { type AudioInput, embedAudio, embedVideo, type VideoInput } from '@inferq/contracts'
import type { Task } from '@inferq/domain'
import type { MediaKind } from '../request/media-block.ts'
import { mediaJobs } from '../request/media-job.ts'
import type { TwelvelabsServices } from '../services.ts'

export type MediaInput = AudioInput | VideoInput

export const isMediaTask = ({ job }: Pick<Task, 'job'>): boolean => job === mediaJobs.audio || job === mediaJobs.video

/** What the task of a medium embeds. */
export const kindOf = ({ job }: Pick<Task, 'job'>): MediaKind => (job === mediaJobs.video ? 'video' : 'audio')

/** What the task of a medium was made with; null where that cannot be told any more. */
export async function inputOf(services: Pick<TwelvelabsServices, 'input'>, task: Task): Promise<MediaInput | null> {
  const { input: schema } = kindOf(task) === 'video' ? embedVideo : embedAudio
  const text = await services.input(task)
  return text === null ? null : (schema.safeParse(JSON.parse(text)).data ?? null)
}
