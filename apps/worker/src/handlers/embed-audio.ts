import { embedAudio } from '@inferq/contracts'
import { defineHandler } from '../define-handler.ts'
import { embedMedia } from '../embed-media/embed-media.ts'

export const embedAudioHandler = defineHandler(embedAudio, ({ input }, context) => embedMedia('audio', input, context))
