import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { defaultAudioModel, defaultImageModel, defaultMediaModels, defaultTextModel } from '@inferq/contracts'
import { findMediaTools } from '@inferq/media'
import { makeClip, repeatClip, startSharedServers, tempDir } from '@inferq/testkit'
import { startInferq } from '../lib/inferq.ts'
import { startMediaServer } from '../lib/media-server.ts'
import { modelsDir } from './embed.ts'
import { watchMemory } from './process-memory.ts'

// `npm run bench media`: a long video with sound by the whole way, with the models that come with Inferq. How much memory
// its worker needs at most, and how fast it is beside ffmpeg, which decodes the same file and does nothing else.

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '60' },
    // Of the worker's own process; models and the runtime under them are most of it.
    'max-mib': { type: 'string', default: '1024' },
  },
})
const minutes = Number(values.minutes)
const seconds = minutes * 60
const maxMib = Number(values['max-mib'])
const looks = ['pattern', 'red', 'pattern', 'blue']
const run = promisify(execFile)
const say = (line: string) => {
  if (!values.json) console.log(line)
}
const env = {
  INFERQ_TEXT_MODELS: defaultTextModel,
  INFERQ_IMAGE_MODELS: defaultImageModel,
  INFERQ_AUDIO_MODELS: defaultAudioModel,
  INFERQ_MEDIA_MODELS: defaultMediaModels,
  INFERQ_MODELS_DIR: modelsDir,
  INFERQ_ENGINE_THREADS: '',
  INFERQ_FETCH_ALLOW: '127.0.0.1',
}

const stopServers = await startSharedServers(say, { fsync: true })
try {
  await using folder = await tempDir('bench-media')
  const tools = findMediaTools(process.env)
  if (tools === null) throw new Error('there is no ffmpeg')
  const { ffmpeg } = tools
  const { minute, long } = await makeVideos(folder.path, ffmpeg)
  const { size } = await stat(long)
  say(`\na video of ${minutes} minutes with sound, 640 x 360 at 25 frames/s, ${mib(size)} MiB`)

  const decodingSeconds = await timed(() => run(ffmpeg, ['-v', 'error', '-nostdin', '-i', long, '-f', 'null', '-']))
  say(`  ffmpeg alone, decoding it: ${timesReal(decodingSeconds)} x real time`)

  await using server = await startMediaServer({ 'long.mp4': long, 'minute.mp4': minute })
  await using inferq = await startInferq({ api: env, worker: null })
  const worker = await inferq.startWorker(env)
  const embed = async (name: string) => {
    const input = { source: { url: server.url(name) }, segmentation: { strategy: 'fixed', duration_sec: 6 } }
    const { id } = await inferq.client.submit({ job: 'embed.video', input })
    const task = await inferq.client.waitFor(id, { timeoutMs: 6 * 3_600_000 })
    if (task.status !== 'completed') throw new Error(`the task is ${task.status}: ${task.error?.message}`)
    return task
  }
  await embed('minute.mp4')
  const memory = watchMemory(worker.pid)
  const warmMib = mib(memory.now())
  const ownSeconds = await timed(() => embed('long.mp4'))
  const { peakBytes, childrenPeakBytes } = memory.stop()
  const peakMib = mib(peakBytes)
  say(
    `  Inferq, its vectors recorded: ${timesReal(ownSeconds)} x real time; ffmpeg alone is ${(ownSeconds / decodingSeconds).toFixed(1)} x as fast`,
  )
  say(`  memory of the worker: ${warmMib} MiB after one minute of video, ${peakMib} MiB at most; may be ${maxMib} MiB`)
  say(`  memory of its ffmpeg and ffprobe: ${mib(childrenPeakBytes)} MiB at most`)
  if (values.json) {
    const realTime = { ffmpeg: seconds / decodingSeconds, inferq: seconds / ownSeconds }
    console.log(JSON.stringify({ minutes, realTime, warmMib, peakMib, maxMib, childrenMib: mib(childrenPeakBytes) }))
  }
  if (peakMib > maxMib) {
    console.error(`the worker needed ${peakMib} MiB, more than ${maxMib} MiB`)
    process.exitCode = 1
  }
} finally {
  await stopServers()
}

/** The long one is the minute again and again, without being encoded again. */
async function makeVideos(folder: string, ffmpeg: string): Promise<{ minute: string; long: string }> {
  const minute = await makeClip(ffmpeg, join(folder, 'minute.mp4'), {
    video: { ...{ width: 640, height: 360, fps: 25 }, scenes: looks.map((look) => ({ look, seconds: 15 })) },
    audio: { parts: [{ sound: 'speech', seconds: 60 }] },
  })
  return { minute, long: await repeatClip(ffmpeg, minute, join(folder, 'long.mp4'), minutes) }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return (performance.now() - startedAt) / 1_000
}

function timesReal(tookSeconds: number): string {
  return (seconds / tookSeconds).toFixed(1)
}

function mib(bytes: number): number {
  return Math.round(bytes / 1024 ** 2)
}
