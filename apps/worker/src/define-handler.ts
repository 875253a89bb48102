import { type JobDefinition, JobError } from '@inferq/contracts'
import type { Engines } from '@inferq/engines'
import type { Media } from '@inferq/media'
import type { z } from 'zod'
import { issuesOf } from './issues.ts'
import type { JsonInPieces } from './json-in-pieces.ts'
import type { LoadImages } from './load-images.ts'
import type { LoadMedia } from './load-media.ts'
import type { Partials } from './partials.ts'

export interface Call<Input> {
  readonly input: Input
  /** Which start of the run this is, from 1. */
  readonly attempt: number
}

/** What handlers use of this worker, whichever job they run. */
export interface HandlerParts {
  readonly engines: Pick<Engines, 'text' | 'image' | 'audio' | 'speech' | 'media'>
  readonly media: Media
  readonly loadImages: LoadImages
  readonly loadMedia: LoadMedia
}

export interface HandlerContext extends HandlerParts {
  /** What earlier attempts of this run kept for later ones; of a job that says that it keeps such. */
  readonly partials: Pick<Partials, 'load' | 'save'>
  /** Fires on timeout, stop, shutdown and a lost lock; the attempt is over then, whether the handler ends or not. */
  readonly signal: AbortSignal
  /** Tells watchers how far it is, 0 to 1. Costs nothing to call often: what comes too soon is dropped. */
  readonly progress: (fraction: number, message?: string) => void
  /** A handler adds what its engines spent computing; the rest of the attempt counts as preparing. */
  readonly timings: { computingMs: number }
}

/** The function that a worker runs for one kind of job; see run-job.ts for all that happens around it. */
export interface Handler<Definition extends JobDefinition = JobDefinition> {
  readonly job: Definition
  run(
    call: Call<z.output<Definition['input']>>,
    context: HandlerContext,
  ): Promise<z.input<Definition['result']> | JsonInPieces>
  /** Throws RESULT_INVALID when the result is not what the job promises. */
  checkResult(result: z.input<Definition['result']>, input: z.output<Definition['input']>): void
}

/** `checkResult` replaces the check by the job's schema, where that would cost too much. */
export function defineHandler<Definition extends JobDefinition>(
  job: Definition,
  run: Handler<Definition>['run'],
  { checkResult = checkBySchema(job) }: Partial<Pick<Handler<Definition>, 'checkResult'>> = {},
): Handler<Definition> {
  return { job, run, checkResult }
}

const checkBySchema =
  ({ result: schema }: JobDefinition) =>
  (result: unknown): void => {
    const parsed = schema.safeParse(result)
    if (!parsed.success) throw new JobError('RESULT_INVALID', `the result is not valid: ${issuesOf(parsed.error)}`)
  }
