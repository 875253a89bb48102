import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { tempDir } from '@inferq/testkit'
import { describe, expect, it } from 'vitest'
import { createMedia } from './media.ts'
import { findMediaTools } from './tools.ts'

async function programs(folder: string, mode = 0o755) {
  for (const name of ['ffmpeg', 'ffprobe']) {
    await writeFile(join(folder, name), '#!/bin/sh\n')
    await chmod(join(folder, name), mode)
  }
  return { ffmpeg: join(folder, 'ffmpeg'), ffprobe: join(folder, 'ffprobe') }
}

describe('looking for ffmpeg and ffprobe', () => {
  it('takes what is set before what is on PATH', async () => {
    await using set = await tempDir()
    await using onPath = await tempDir()
    const wanted = await programs(set.path)
    await programs(onPath.path)
    const env = { FFMPEG_PATH: wanted.ffmpeg, FFPROBE_PATH: wanted.ffprobe, PATH: onPath.path }
    expect(findMediaTools(env)).toEqual(wanted)
  })

  it('takes what is on PATH before the packages that bring it', async () => {
    await using dir = await tempDir()
    const wanted = await programs(dir.path)
    expect(findMediaTools({ PATH: `/nonexistent:${dir.path}` })).toEqual(wanted)
  })

  it('passes over a file on PATH that cannot be run', async () => {
    await using dir = await tempDir()
    await programs(dir.path, 0o644)
    expect(findMediaTools({ PATH: dir.path })?.ffmpeg).toMatch(/node_modules.*ffmpeg$/)
  })

  it('finds nothing when a setting names what cannot be run, rather than run something else', async () => {
    expect(findMediaTools({ FFMPEG_PATH: '/nonexistent/ffmpeg', PATH: process.env.PATH })).toBeNull()
  })

  it('fails each call with ENGINE_UNAVAILABLE where there are none', async () => {
    const media = createMedia({ tools: null })
    const { signal } = new AbortController()
    const span = { startSec: 0, endSec: 1 }
    const unavailable = expect.objectContaining({ code: 'ENGINE_UNAVAILABLE' })
    await expect(media.probe('x', { signal })).rejects.toEqual(unavailable)
    await expect(media.frames('x', { span, at: 'steps', maxSide: 8, signal }).next()).rejects.toEqual(unavailable)
    await expect(media.sound('x', { span, sampleRate: 8_000, signal }).next()).rejects.toEqual(unavailable)
  })

  it('fails with ENGINE_FAILED when the program does not start', async () => {
    const media = createMedia({ tools: { ffmpeg: '/nonexistent', ffprobe: '/nonexistent' } })
    const probing = media.probe('x', { signal: new AbortController().signal })
    await expect(probing).rejects.toEqual(expect.objectContaining({ code: 'ENGINE_FAILED' }))
  })
})
