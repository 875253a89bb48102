import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { InferqClient } from '@inferq/client'
import { findMediaTools } from '@inferq/media'
import { makeClip, tempDir, until } from '@inferq/testkit'
import { TwelvelabsApiClient } from 'twelvelabs-js'
import type { DemoServer } from './scene.ts'

const modelName = 'marengo3.0'

/** By the official client: a clip with sound as a task that is polled, and a sentence at once. */
export async function embedOverTwelvelabs(
  _client: InferqClient,
  say: (line: string) => void,
  { url, secretKey }: DemoServer,
): Promise<void> {
  const client = new TwelvelabsApiClient({ apiKey: secretKey, baseUrl: `${url}/v1.3` })
  const { tasks } = client.embed.v2
  const base64String = (await drawClip()).toString('base64')
  const { id } = await tasks.create({
    inputType: 'video',
    modelName,
    video: {
      mediaSource: { base64String },
      segmentation: { strategy: 'dynamic', dynamic: { minDurationSec: 2 } },
      embeddingOption: ['visual', 'audio'],
    },
  })
  say(`tasks.create: a clip of 10 s with three scenes and a sound in each, task ${id}`)
  const { status, data, error } = await until(
    async () => {
      const task = await tasks.retrieve(id)
      return task.status !== 'processing' && task
    },
    { what: 'the clip to be embedded', timeoutMs: 120_000, intervalMs: 100 },
  )
  if (!data) throw new Error(`the clip could not be embedded: ${error?.message ?? status}`)
  for (const { embeddingOption, embeddingScope, startSec, endSec, embedding } of data) {
    const bounds = `${startSec?.toFixed(2).padStart(5)} to ${endSec?.toFixed(2).padStart(5)} s`
    say(`${bounds}  ${`${embeddingOption} ${embeddingScope}`.padEnd(12)}  ${embedding.length} numbers`)
  }
  for (const option of ['visual', 'audio']) {
    if (!data.some(({ embeddingOption }) => embeddingOption === option))
      throw new Error(`no vector is of its ${option}`)
  }

  const inputText = 'three scenes'
  const answer = await client.embed.v2.create({ inputType: 'text', modelName, text: { inputText } })
  say(`create, at once: "${inputText}", ${answer.data[0]?.embedding.length} numbers`)
}

/** Three scenes, each with a sound of its own. */
async function drawClip(): Promise<Buffer> {
  const tools = findMediaTools(process.env)
  if (tools === null) throw new Error('there is no ffmpeg: install it, or the optional packages')
  await using folder = await tempDir('demo-clip')
  const seconds = 10 / 3
  const path = await makeClip(tools.ffmpeg, join(folder.path, 'clip.mp4'), {
    video: {
      ...{ width: 640, height: 360, fps: 24 },
      scenes: ['pattern', 'fractal', '0x2060a0'].map((look) => ({ look, seconds })),
    },
    audio: { parts: (['tone', 'speech', 'sweep'] as const).map((sound) => ({ sound, seconds })) },
  })
  return await readFile(path)
}
