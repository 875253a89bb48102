import type { JobName, jobs } from '@inferq/contracts'
import type { Handler } from '../define-handler.ts'
import { classifyImageHandler } from './classify-image.ts'
import { detectImageHandler } from './detect-image.ts'
import { echoHandler } from './echo.ts'
import { embedTextHandler } from './embed-text.ts'

/** Total on purpose: a job of the catalogue without a handler does not compile. */
const byJob = {
  'embed.text': embedTextHandler,
  'classify.image': classifyImageHandler,
  'detect.image': detectImageHandler,
  echo: echoHandler,
} satisfies { [Name in JobName]: Handler<(typeof jobs)[Name]> }

export const handlers: readonly Handler[] = Object.values(byJob)
