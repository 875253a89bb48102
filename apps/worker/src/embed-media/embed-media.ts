import type { Segmentation, VideoInput } from '@inferq/contracts'
import { fixedClips, type MediaFacts, type Span } from '@inferq/media'
import type { HandlerContext } from '../define-handler.ts'
import type { JsonInPieces } from '../json-in-pieces.ts'
import { checkMedium } from './check-medium.ts'
import { entriesOf } from './entries.ts'
import { type Findings, noFindings } from './findings.ts'
import { FindingsKeeper } from './keep-findings.ts'
import { mediaResult } from './media-result.ts'
import { openParts, type Parts, possibleOptions } from './parts.ts'
import { runPasses } from './run-passes.ts'
import { exactSeconds } from './seconds.ts'
import { windowOf } from './window.ts'

export type MediaInput = VideoInput

const usualSegmentation = {
  audio: { strategy: 'fixed', duration_sec: 6 },
  video: { strategy: 'dynamic', min_duration_sec: 4 },
} as const satisfies Record<string, Segmentation>

export interface MediaSettings {
  /** How often at most what is found is kept for a later attempt. */
  readonly keepEveryMs: number
}

/** Makes the vectors of a medium that a job asks for, going on where an attempt before this one was cut off. */
export async function embedMedia(
  kind: 'audio' | 'video',
  input: MediaInput,
  context: HandlerContext,
  { keepEveryMs }: MediaSettings = { keepEveryMs: 5_000 },
): Promise<JsonInPieces> {
  const { segmentation = usualSegmentation[kind] } = input
  const { engines, media, loadMedia, partials, signal } = context
  // First of all, so that nothing is fetched for a model that is not there.
  const parts = await openParts(input, engines)
  await using medium = await loadMedia(input.source, { signal })
  const facts = await media.probe(medium.path, { signal })
  checkMedium(kind, facts, input.bounds)
  const window = windowOf(facts, input)
  const options = possibleOptions(input.embedding_options, parts, facts)

  const { dimensions } = parts.model
  const of = JSON.stringify({ model: parts.model, facts, window, segmentation, options })
  const keeper = new FindingsKeeper(partials, { of, dimensions }, keepEveryMs)
  const nothing = noFindings(options, fixedClipsOf(window, segmentation))
  const findings = await keeper.load(nothing)
  try {
    await runPasses({
      ...{ context, path: medium.path, window, segmentation, parts, findings },
      isResumed: findings !== nothing,
      keep: (more) => keeper.keep(more),
    })
  } finally {
    await keeper.settled()
  }
  const asked = { window, scopes: input.embedding_scopes, types: input.embedding_types }
  return mediaResult(factsOf(parts, facts, window, findings), entriesOf(findings, asked))
}

const fixedClipsOf = (window: Span, segmentation: Segmentation): Span[] | null =>
  segmentation.strategy === 'fixed' ? fixedClips(window, segmentation.duration_sec) : null

const factsOf = ({ model }: Parts, { durationSec }: MediaFacts, { startSec, endSec }: Span, { clips }: Findings) => ({
  model: model.name,
  duration_sec: exactSeconds(durationSec),
  start_sec: exactSeconds(startSec),
  end_sec: exactSeconds(endSec),
  clips: clips.length,
  dimensions: model.dimensions,
})
