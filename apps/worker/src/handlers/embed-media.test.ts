import { MediaResult } from '@inferq/contracts'
import { describe, expect, it } from 'vitest'
import { scriptedMedia } from '../embed-media/embed-media.fixture.ts'
import { fakeEngines, fakeFiles, fakeRunner, takenJob } from '../worker.fixture.ts'

const source = { base64: 'AAAA' }
const segmentation = { strategy: 'fixed', duration_sec: 1 }

/** Runs a job on a video of one colour without sound. */
async function run(job: string, durationSec: number) {
  const { files, byKey } = fakeFiles()
  const media = scriptedMedia({ durationSec, scenes: [{ fromSec: 0, colour: [9, 9, 9] }] })
  const { run, outcomes } = fakeRunner({ files, media, engines: fakeEngines([]) })
  await run(takenJob({ source, segmentation }, {}, { job }))
  return { outcomes, byKey, last: outcomes.at(-1) }
}

describe('embed.video and embed.audio', () => {
  it('give the vectors of a medium, and say on the way how far they are', async () => {
    const { outcomes, last } = await run('embed.video', 12)
    const { result } = last as { result: string }
    expect(MediaResult.parse(JSON.parse(result))).toMatchObject({ clips: 12, dimensions: 4, duration_sec: 12 })
    const message = expect.stringMatching(/^clip \d+ of 12, 0:00:\d\d of 0:00:12$/)
    expect(outcomes).toContainEqual(
      expect.objectContaining({ kind: 'progress', progress: expect.objectContaining({ message }) }),
    )
  })

  it('write a large result into a file', async () => {
    const { byKey, last } = await run('embed.video', 800)
    const { resultKey } = last as { resultKey: string }
    const { embeddings } = MediaResult.parse(JSON.parse(String(byKey.get(resultKey))))
    expect(embeddings).toHaveLength(801)
  })

  it('refuse what they are not for, for good', async () => {
    expect((await run('embed.audio', 12)).last).toMatchObject({ kind: 'failed', error: { code: 'INPUT_INVALID' } })
  })
})
