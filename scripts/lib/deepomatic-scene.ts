import type { InferqClient } from '@inferq/client'
import { defaultImageModel } from '@inferq/contracts'
import { png, type Rgb, until } from '@inferq/testkit'
import type { DemoServer } from './scene.ts'

interface DeepomaticTask {
  status: 'pending' | 'success' | 'error'
  error: string | null
  data: { outputs: { labels: { predicted: { label_name: string; score: number }[] } }[] } | null
}

/** A form with one picture, sent as the Python client sends it; then the task is asked for until it is done. */
export async function classifyOverDeepomatic(
  _client: InferqClient,
  say: (line: string) => void,
  server: DemoServer,
): Promise<void> {
  const resource = `/v0.7/recognition/public/${defaultImageModel}`
  const { task_id } = await ask<{ task_id: string }>(server, `${resource}/inference`, { method: 'POST', ...form() })
  say(`POST ${resource}/inference: task ${task_id}`)
  const { status, error, data } = await until(
    async () => {
      const task = await ask<DeepomaticTask>(server, `/v0.7/tasks/${task_id}/`)
      return task.status !== 'pending' && task
    },
    { what: 'the picture to be classified', timeoutMs: 60_000 },
  )
  const labels = data?.outputs[0]?.labels.predicted ?? []
  if (labels.length === 0) throw new Error(`no label came for the picture: ${error ?? status}`)
  for (const { label_name, score } of labels) say(`${score.toFixed(2)}  ${label_name}`)
}

async function ask<Answer>({ url, secretKey }: DemoServer, path: string, init: RequestInit = {}): Promise<Answer> {
  const headers = new Headers(init.headers)
  headers.set('X-API-KEY', secretKey)
  const response = await fetch(`${url}${path}`, { ...init, headers })
  if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${await response.text()}`)
  return (await response.json()) as Answer
}

function form(): RequestInit {
  const boundary = 'a-line-that-is-not-in-the-picture'
  const part = (head: string, value: string | Buffer) => [
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
    Buffer.from(value),
    Buffer.from('\r\n'),
  ]
  const body = Buffer.concat([
    ...part('name="max_predictions"', '3'),
    ...part('name="inputs[0]image.source"; filename="sign.png"', drawSign()),
    ...part('name="inputs[0]image.crop_uniform_background"\r\nContent-Type: application/json', 'False'),
    Buffer.from(`--${boundary}--\r\n`),
  ])
  return { headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` }, body }
}

const colors = {
  sky: [190, 215, 240],
  grass: [90, 120, 60],
  pole: [110, 110, 110],
  red: [200, 20, 30],
  white: [245, 245, 245],
} as const satisfies Record<string, Rgb>

/** An octagon with a rim and strokes where the letters would be, on a pole. */
function drawSign(): Buffer {
  const size = 512
  return png(size, size, (x, y) => {
    const right = Math.abs(x - 256)
    const down = Math.abs(y - 205)
    const fromMiddle = Math.max(right, down, (right + down) / Math.SQRT2)
    if (fromMiddle < 130) return down < 30 && right < 95 && (x - 161) % 48 < 26 ? colors.white : colors.red
    if (fromMiddle < 142) return colors.white
    if (right < 12 && y > 205) return colors.pole
    return y > 400 ? colors.grass : colors.sky
  })
}
