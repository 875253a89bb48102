import { type InferqClient, InferqError } from '@inferq/client'
import { defaultTextModel, embedText, type TaskView } from '@inferq/contracts'
import { embedOverClearml, pullAsAgent } from './clearml-scenes.ts'
import { classifyOverDeepomatic } from './deepomatic-scene.ts'
import type { Scene } from './scene.ts'
import { embedOverTwelvelabs } from './twelvelabs-scene.ts'

const pairs = [
  { related: true, texts: ['A man is playing a guitar.', 'Someone plays a musical instrument.'] },
  { related: true, texts: ['How do I reset my password?', 'I forgot my login and need a new one.'] },
  { related: true, texts: ['Stocks fell sharply today.', 'Share prices dropped on the market.'] },
  { related: false, texts: ['A man is playing a guitar.', 'The recipe needs two eggs.'] },
  { related: false, texts: ['How do I reset my password?', 'The whale dived under the ship.'] },
  { related: false, texts: ['Stocks fell sharply today.', 'She knitted a blue sweater.'] },
] as const

export const scenes: readonly Scene[] = [
  { title: 'A sentence becomes a vector', play: embedOne },
  { title: 'Vectors of related sentences lie closer together', play: comparePairs },
  { title: 'A task for a queue that nobody watches says what it waits for', play: waitForNobody },
  { title: 'The same in the language of ClearML', play: embedOverClearml },
  { title: 'An agent pulls a training run from the same queue, and reports on it', play: pullAsAgent },
  { title: 'A picture is classified over the API of Deepomatic', play: classifyOverDeepomatic },
  { title: 'A video with sound is embedded over the API of TwelveLabs, by its own client', play: embedOverTwelvelabs },
  { title: 'A wrong input is refused, and nothing is stored', play: refuse },
  { title: 'What ops see', play: look },
]

async function embedOne(client: InferqClient, say: (line: string) => void) {
  const text = 'Named queues, and workers that pull from them.'
  const task = await client.submit({ job: embedText.name, input: { texts: [text] } }, { wait: 30 })
  const [vector = []] = embeddingsOf(task)
  const { waiting_ms, preparing_ms, computing_ms } = task.timings
  say(`"${text}"`)
  say(
    `${vector.length} numbers from ${defaultTextModel}: ${vector
      .slice(0, 5)
      .map((n) => n.toFixed(4))
      .join(', ')}, ...`,
  )
  const ms = (value: number | null) => `${Math.round(value ?? 0)} ms`
  say(`waited ${ms(waiting_ms)}, prepared ${ms(preparing_ms)}, computed ${ms(computing_ms)}`)
}

async function comparePairs(client: InferqClient, say: (line: string) => void) {
  const texts = pairs.flatMap((pair) => pair.texts)
  const embeddings = embeddingsOf(await client.submit({ job: embedText.name, input: { texts } }, { wait: 30 }))
  const rows = pairs.map((pair, index) => ({
    ...pair,
    cosine: cosine(embeddings[2 * index] ?? [], embeddings[2 * index + 1] ?? []),
  }))
  for (const {
    related,
    texts: [first, second],
    cosine,
  } of rows) {
    say(`${cosine.toFixed(2).padStart(5)}  ${related ? 'related  ' : 'unrelated'}  ${first} / ${second}`)
  }
  const of = (related: boolean) => rows.filter((row) => row.related === related).map((row) => row.cosine)
  if (Math.min(...of(true)) <= Math.max(...of(false)))
    throw new Error('a related pair is not closer than an unrelated one')
}

async function waitForNobody(client: InferqClient, say: (line: string) => void) {
  const { id } = await client.submit({ job: embedText.name, input: { texts: ['later'] }, queue: 'night shift' })
  const task = await client.get(id)
  if (task.waits_for === null) throw new Error(`the task is ${task.status} and waits for nothing`)
  say(`${task.status} on "${task.queue}": ${task.waits_for.message}`)
  say(`cancelled: ${(await client.cancel(id)).status}`)
}

async function refuse(client: InferqClient, say: (line: string) => void) {
  const wrong = { job: embedText.name, input: { texts: ['good', '   '] } }
  const error = await client.submit(wrong).catch((caught: unknown) => caught)
  if (!(error instanceof InferqError)) throw new Error('a wrong input was accepted')
  say(`${error.status} ${error.code}: ${error.message}`)
  for (const { field, problem } of error.issues) say(`${field}: ${problem}`)
}

async function look(client: InferqClient, say: (line: string) => void) {
  for (const queue of await client.queues()) {
    const watchers = queue.watchers?.length ?? '?'
    say(`queue "${queue.name}": ${queue.waiting} waiting, ${queue.active} running, ${watchers} watching`)
  }
  for (const worker of await client.workers()) {
    // A model that can do two jobs is reported for each.
    const models = [...new Set(worker.models.map(({ name, device }) => `${name} on ${device}`))].join(', ')
    say(`worker ${worker.id}: ${worker.state}, ${worker.slots} at once, ${models}`)
  }
}

function embeddingsOf(task: TaskView): number[][] {
  if (task.status !== 'completed') {
    throw new Error(
      `the task is ${task.status}: ${task.error?.message ?? task.waits_for?.message ?? task.status_message}`,
    )
  }
  return embedText.result.parse(task.result).embeddings
}

function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = (x: readonly number[], y: readonly number[]) => x.reduce((sum, value, i) => sum + value * (y[i] ?? 0), 0)
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
}
