import { embedVideo } from '@inferq/contracts'
import { defineHandler } from '../define-handler.ts'
import { embedMedia } from '../embed-media/embed-media.ts'

export const embedVideoHandler = defineHandler(embedVideo, ({ input }, context) => embedMedia('video', input, context))
