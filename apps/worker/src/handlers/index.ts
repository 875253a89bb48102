import type { JobName, jobs } from '@inferq/contracts'
import type { Handler } from '../define-handler.ts'
import { classifyImageHandler } from './classify-image.ts'
import { detectImageHandler } from './detect-image.ts'
import { echoHandler } from './echo.ts'
import { embedAudioHandler } from './embed-audio.ts'
import { embedCombinedHandler } from './embed-combined.ts'
import { embedImageHandler } from './embed-image.ts'
import { embedTextHandler } from './embed-text.ts'
import { embedVideoHandler } from './embed-video.ts'

/** Total on purpose: a job of the catalogue without a handler does not compile. */
const byJob = {
  'embed.text': embedTextHandler,
  'embed.image': embedImageHandler,
  'embed.audio': embedAudioHandler,
  'embed.video': embedVideoHandler,
  'embed.combined': embedCombinedHandler,
  'classify.image': classifyImageHandler,
  'detect.image': detectImageHandler,
  echo: echoHandler,
} satisfies { [Name in JobName]: Handler<(typeof jobs)[Name]> }

export const handlers: readonly Handler[] = Object.values(byJob)
