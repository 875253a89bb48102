import { createReadStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type TempDir, tempDir } from '@inferq/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MediaServer, startMediaServer } from '../../lib/media-server.ts'
import { picture, recording, video } from '../../lib/twelvelabs/media-files.ts'
import { modelName, startTwelvelabs, type TwelvelabsSystem } from '../../lib/twelvelabs/system.ts'

let folder: TempDir
let media: MediaServer
let system: TwelvelabsSystem
beforeAll(async () => {
  folder = await tempDir('assets')
  media = await startMediaServer({ 'recording.wav': await recording() })
  system = await startTwelvelabs({ api: { INFERQ_MAX_ARTIFACT_BYTES: `${20 * 1024 ** 2}` } })
})
afterAll(async () => {
  await media?.[Symbol.asyncDispose]()
  await system?.stop()
  folder?.remove()
})

const upload = async (name = 'holiday.mp4') =>
  system.client.assets.create({ method: 'direct', file: new File([new Uint8Array(await video())], name) })
const unknownAsset = 'f'.repeat(24)

describe('an asset', () => {
  it('is uploaded, and is ready', async () => {
    const asset = await upload()
    expect(asset).toMatchObject({ method: 'direct', status: 'ready', filename: 'holiday.mp4' })
    expect(await system.client.assets.retrieve(asset.id ?? '')).toMatchObject({ ...asset, createdAt: asset.createdAt })
  })

  it('is uploaded from a stream, under the name that was given', async () => {
    const path = join(folder.path, 'stored.mp4')
    await writeFile(path, await video())
    const file = createReadStream(path)
    const asset = await system.client.assets.create({ method: 'direct', file, filename: 'given.mp4' })
    expect(asset).toMatchObject({ status: 'ready', filename: 'given.mp4' })
    const other = await system.client.assets.create({ method: 'direct', file: createReadStream(path) })
    expect(other.filename).toBe(basename(path))
  })

  it('is given by its address', async () => {
    const asset = await system.client.assets.create({ method: 'url', url: media.url('recording.wav') })
    expect(asset).toMatchObject({ method: 'url', status: 'ready' })
    expect(await system.client.assets.retrieve(asset.id ?? '')).toMatchObject({ id: asset.id, method: 'url' })
  })

  it('is embedded by its id, as often as is asked', async () => {
    const { id: assetId = '' } = await upload()
    const ofVideo = { mediaSource: { assetId }, embeddingOption: ['visual' as const] }
    const embedded = []
    for (let n = 0; n < 2; n++) {
      const { id } = await system.client.embed.v2.tasks.create({ inputType: 'video', modelName, video: ofVideo })
      const { data, metadata } = await system.ready(id)
      expect(metadata).toMatchObject({ inputType: 'video', inputFilename: 'holiday.mp4', duration: 12 })
      embedded.push(data)
    }
    expect(embedded[1]).toEqual(embedded[0])
    const { data } = await system.client.embed.v2.create({ inputType: 'video', modelName, video: ofVideo })
    expect(data).toEqual(embedded[0])
  })

  it('by address is fetched when it is used', async () => {
    const { id: assetId = '' } = await system.client.assets.create({ method: 'url', url: media.url('recording.wav') })
    const audio = { mediaSource: { assetId }, embeddingOption: ['audio' as const] }
    const { id } = await system.client.embed.v2.tasks.create({ inputType: 'audio', modelName, audio })
    expect((await system.ready(id)).data).toHaveLength(3)
  })

  it('of an image is embedded at once, alone and with a text', async () => {
    const file = new File([new Uint8Array(picture('red'))], 'red.png')
    const { id: assetId = '' } = await system.client.assets.create({ method: 'direct', file })
    const mediaSource = { assetId }
    const base64String = picture('red').toString('base64')
    const embed = system.client.embed.v2
    const { data } = await embed.create({ inputType: 'image', modelName, image: { mediaSource } })
    const given = await embed.create({ inputType: 'image', modelName, image: { mediaSource: { base64String } } })
    expect(data).toEqual(given.data)
    const textImage = { mediaSource, inputText: 'red' }
    expect((await embed.create({ inputType: 'text_image', modelName, textImage })).data).toHaveLength(1)
    const mediaSources = [{ mediaType: 'image' as const, assetId }]
    expect((await embed.create({ inputType: 'multi_input', modelName, multiInput: { mediaSources } })).data).toEqual(
      data,
    )
  })

  it('that was deleted is gone', async () => {
    const { id = '' } = await upload()
    await system.client.assets.delete(id)
    await expect(system.client.assets.retrieve(id)).rejects.toMatchObject({
      statusCode: 404,
      body: { code: 'resource_not_exist' },
    })
  })
})

describe('an asset that is not there', () => {
  it.each([unknownAsset, 'x', '0', '%00', 'a'.repeat(500)])('is 404: %s', async (id) => {
    await expect(system.client.assets.retrieve(id)).rejects.toMatchObject({ statusCode: 404 })
  })

  it('cannot be embedded: 400, and nothing is stored', async () => {
    const before = await system.countTasks()
    for (const assetId of [unknownAsset, 'x']) {
      const video = { mediaSource: { assetId } }
      const asked = system.client.embed.v2.tasks.create({ inputType: 'video', modelName, video })
      await expect(asked).rejects.toMatchObject({ statusCode: 400, body: { code: 'parameter_invalid' } })
    }
    expect(await system.countTasks()).toBe(before)
  })
})

describe('an asset is refused with 400', () => {
  it('without a file, without an address, or with an odd one', async () => {
    const { assets } = system.client
    await expect(assets.create({ method: 'direct' })).rejects.toMatchObject({
      statusCode: 400,
      body: { code: 'parameter_not_provided' },
    })
    await expect(assets.create({ method: 'url' })).rejects.toMatchObject({
      statusCode: 400,
      body: { code: 'parameter_not_provided' },
    })
    for (const url of ['x', 'file:///etc/passwd', 'ftp://example.com/x']) {
      await expect(assets.create({ method: 'url', url })).rejects.toMatchObject({
        statusCode: 400,
        body: { code: 'parameter_invalid' },
      })
    }
  })

  it('when it is no form', async () => {
    for (const body of [{ method: 'url', url: media.url('recording.wav') }, 'method=url', '']) {
      const { status } = await system.raw.post('/assets', body)
      expect([201, 400]).toContain(status)
    }
    const headers = { 'content-type': 'multipart/form-data; boundary=x' }
    const broken = await system.raw.post('/assets', '--x\r\nContent-Disposition: form-da', { headers })
    expect(broken.status).toBe(400)
    const method = '--x\r\nContent-Disposition: form-data; name="method"\r\n\r\nby post\r\n--x--\r\n'
    expect((await system.raw.post('/assets', method, { headers })).status).toBe(400)
  })
})
