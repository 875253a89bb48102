import { z } from 'zod'
import { defaultAudioModel, defaultImageModel, defaultTextModel } from './models.ts'

/**
 * A name under which there is one model for each kind of content, all with vectors of one length: shorter ones end in
 * zeros, which leaves the cosine of any two as it is. Parts are names of models of their kind.
 */
export const MediaModel = z.object({
  name: z.string(),
  dimensions: z.int().min(1).max(65_536),
  text: z.string().optional(),
  image: z.string().optional(),
  audio: z.string().optional(),
  /** Turns speech into text, which `text` embeds. */
  speech: z.string().optional(),
})
export type MediaModel = z.infer<typeof MediaModel>

/** What a media model is made of when nothing else is set. Nobody transcribes: no such model comes with Inferq. */
export const defaultMediaModels = `marengo3.0=512,text=${defaultTextModel},image=${defaultImageModel},audio=${defaultAudioModel}`

const partNames = ['text', 'image', 'audio', 'speech'] as const

/**
 * Reads a list of media models, separated by semicolons: `name=dimensions` and its parts, separated by commas, as in
 * `marengo3.0=512,text=use-lite-en,image=clip,audio=clap,speech=whisper`. The first is the default. Throws an Error that
 * names the entry.
 */
export function parseMediaModels(text: string): MediaModel[] {
  const models = text
    .split(';')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map(parseEntry)
  const seen = new Set<string>()
  for (const { name } of models) {
    if (seen.has(name)) throw new Error(`media model "${name}" is listed twice`)
    seen.add(name)
  }
  return models
}

const written = 'write name=dimensions,text=...,image=...,audio=...'

function parseEntry(entry: string): MediaModel {
  const [head = [], ...rest] = entry.split(',').map((pair) => pair.split('=').map((side) => side.trim()))
  const isPaired = [head, ...rest].every((sides) => sides.length === 2 && sides.every((side) => side !== ''))
  if (!isPaired) throw new Error(`"${entry}" is not a media model: ${written}`)
  const parts = new Map(rest.map(([part = '', model]) => [part, model]))
  const unknown = [...parts.keys()].find((part) => !(partNames as readonly string[]).includes(part))
  if (unknown !== undefined) throw new Error(`"${unknown}" in "${entry}" is none of ${partNames.join(', ')}`)
  if (parts.size < rest.length) throw new Error(`"${entry}" names a part twice`)
  if (parts.has('speech') && !parts.has('text')) throw new Error(`"${entry}" has no text part for what is said`)
  const [name, dimensions] = head
  const parsed = MediaModel.safeParse({ name, dimensions: Number(dimensions), ...Object.fromEntries(parts) })
  if (!parsed.success) throw new Error(`"${dimensions}" in "${entry}" is no length of vectors: ${written}`)
  return parsed.data
}
