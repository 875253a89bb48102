import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { openTestStore } from '@inferq/core-testkit'
import { type ArtifactLimits, createArtifactFiles, type StreamedFiles, sweepEvents, sweepFiles } from '@inferq/domain'
import { createLocalFiles } from '@inferq/files'
import type { Store } from '@inferq/store'
import { type TempDir, tempDir } from '@inferq/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

const id = '0123456789abcdef0123456789abcdef'
const path = `my project/a task.${id}/artifacts/data/ž.csv`
let company: string
let store: Store
let folder: TempDir
let files: StreamedFiles

beforeAll(async () => {
  store = await openTestStore()
})
afterAll(() => store.close())
let made = 0
beforeEach(async () => {
  company = (made++).toString(16).padStart(32, '0')
  folder = await tempDir('artifacts')
  files = createLocalFiles(folder.path)
  return () => folder.remove()
})

const open = (limits: Partial<ArtifactLimits> = {}, on: StreamedFiles = files) =>
  createArtifactFiles({ files: on, records: store.fileRecords, maxFileBytes: 1_000, quotaBytes: null, ...limits })
const usage = async () => (await store.fileRecords.usageOf(company, path)).bytes
const sweep = () => sweepFiles({ fileRecords: store.fileRecords, files }, 0)
const code = (value: string) => expect.objectContaining({ code: value })

async function* chunks(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text)
}
async function contentOf(of: string, artifacts = open()) {
  const read = await artifacts.read(company, of)
  return read && Buffer.concat(await Array.fromAsync(read.body)).toString()
}
const namesOnDisk = async () =>
  (await readdir(folder.path, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.path.length + 1))

describe('uploaded files', () => {
  it('are there once all of them has come, and take room until they are removed', async () => {
    const artifacts = open()
    expect(await artifacts.store(company, path, chunks('01234', '56789'))).toEqual({ size: 10 })
    expect(await artifacts.stat(company, path)).toMatchObject({ size: 10 })
    expect(await contentOf(path)).toBe('0123456789')
    expect(await usage()).toBe(10)
    expect(await artifacts.remove(company, path)).toBe(true)
    expect(await artifacts.remove(company, path)).toBe(false)
    expect(await artifacts.stat(company, path)).toBeNull()
    expect(await usage()).toBe(0)
    expect(await namesOnDisk()).toEqual([])
  })

  it("are one company's, whatever the path", async () => {
    const artifacts = open()
    await artifacts.store(company, 'a', chunks('x'))
    expect(await artifacts.stat('f'.repeat(32), 'a')).toBeNull()
    for (const way of [`../${company}/a`, `x/../../${company}/a`, `/${company}/a`]) {
      await expect(artifacts.stat('f'.repeat(32), way)).rejects.toEqual(code('FILE_PATH_INVALID'))
      await expect(artifacts.read('f'.repeat(32), way)).rejects.toEqual(code('FILE_PATH_INVALID'))
      await expect(artifacts.store('f'.repeat(32), way, chunks('y'))).rejects.toEqual(code('FILE_PATH_INVALID'))
      await expect(artifacts.remove('f'.repeat(32), way)).rejects.toEqual(code('FILE_PATH_INVALID'))
    }
    expect(await contentOf('a')).toBe('x')
  })

  it('count once when they replace one another', async () => {
    const artifacts = open()
    await artifacts.store(company, path, chunks('0123456789'))
    await artifacts.store(company, path, chunks('012'))
    expect(await usage()).toBe(3)
  })

  it('cannot be a file and a folder at once', async () => {
    const artifacts = open()
    await artifacts.store(company, 'a', chunks('x'))
    await expect(artifacts.store(company, 'a/b', chunks('y'))).rejects.toEqual(code('FILE_PATH_INVALID'))
    await artifacts.store(company, 'c/d', chunks('x'))
    await expect(artifacts.store(company, 'c', chunks('y'))).rejects.toEqual(code('FILE_PATH_INVALID'))
    expect(await usage()).toBe(2)
  })

  it('that fail leave what was there, and count nothing', async () => {
    const artifacts = open()
    await artifacts.store(company, path, chunks('old'))
    async function* broken() {
      yield Buffer.from('new and longer')
      throw new Error('the line was cut')
    }
    await expect(artifacts.store(company, path, broken())).rejects.toThrow('the line was cut')
    const failing = open({}, { ...files, write: (_key, source) => exhaust(source) })
    await expect(failing.store(company, path, chunks('new and longer'))).rejects.toThrow('the disk is full')
    await expect(failing.store(company, 'another', chunks('new'))).rejects.toThrow('the disk is full')
    expect(await contentOf(path)).toBe('old')
    expect(await usage()).toBe(3)
  })
})

describe('an upload that is too large', () => {
  it('is refused as soon as that is known, and leaves what was there', async () => {
    const artifacts = open({ maxFileBytes: 10 })
    await artifacts.store(company, path, chunks('0123456789'))
    const source = chunks('01234', '56789', '0', 'never asked for')
    await expect(artifacts.store(company, path, source)).rejects.toEqual(code('FILE_TOO_LARGE'))
    expect(await contentOf(path)).toBe('0123456789')
    expect(await namesOnDisk()).toHaveLength(1)
    expect(await usage()).toBe(10)
  })

  it('is refused when it is over the quota, as soon as that is known', async () => {
    const artifacts = open({ quotaBytes: 10 })
    await artifacts.store(company, 'a', chunks('012345'))
    let asked = 0
    async function* source() {
      for (; asked < 100; asked++) yield Buffer.from('01')
    }
    await expect(artifacts.store(company, 'b', source())).rejects.toEqual(code('FILE_QUOTA_EXCEEDED'))
    expect(asked).toBe(2)
    expect(await artifacts.store(company, 'a', chunks('0123456789'))).toEqual({ size: 10 })
    await artifacts.remove(company, 'a')
    expect(await artifacts.store(company, 'b', chunks('0123456789'))).toEqual({ size: 10 })
  })

  it('is refused at its end when another took the room meanwhile', async () => {
    const artifacts = open({ quotaBytes: 10 })
    const together = await Promise.allSettled(
      Array.from({ length: 5 }, (_, i) => artifacts.store(company, `${i}`, chunks('012', '345'))),
    )
    expect(together.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of together) if (one.status === 'rejected') expect(one.reason).toEqual(code('FILE_QUOTA_EXCEEDED'))
    expect(await usage()).toBe(6)
    expect(await namesOnDisk()).toHaveLength(1)
  })
})

describe('the sweep of unneeded files', () => {
  it('deletes what was noted, gives its room back, and minds neither what is gone nor what is no path', async () => {
    const artifacts = open()
    for (const name of ['a', 'b', 'kept']) await artifacts.store(company, name, chunks('x'))
    const many = Array.from({ length: 50 }, (_, i) => `never there ${i}`)
    await store.fileRecords.noteUnneeded(company, ['a', 'b', '../kept', '', ...many])
    expect(await sweep()).toBe(54)
    expect(await sweep()).toBe(0)
    expect(await namesOnDisk()).toEqual([`artifacts/${company}/kept`])
    expect(await usage()).toBe(1)
  })

  it('shows nobody a noted file, and tells whoever deletes it that there was one', async () => {
    const artifacts = open()
    await artifacts.store(company, path, chunks('x'))
    await store.fileRecords.noteUnneeded(company, [path])
    expect([await artifacts.stat(company, path), await artifacts.read(company, path)]).toEqual([null, null])
    expect(await artifacts.remove(company, path)).toBe(true)
    expect(await artifacts.remove(company, path)).toBe(false)
    expect(await namesOnDisk()).toEqual([])
  })

  it('leaves a file that was uploaded again after it was noted', async () => {
    const artifacts = open()
    await artifacts.store(company, path, chunks('old'))
    await store.fileRecords.noteUnneeded(company, [path])
    await artifacts.store(company, path, chunks('new'))
    await sweep()
    expect(await contentOf(path)).toBe('new')
  })

  it('lets an upload wait for the deletion that has begun', async () => {
    const artifacts = open()
    await artifacts.store(company, path, chunks('old'))
    await store.fileRecords.noteUnneeded(company, [path])
    const uploading: Promise<unknown>[] = []
    const slow: StreamedFiles = {
      ...files,
      async delete(key) {
        uploading.push(artifacts.store(company, path, chunks('new')))
        await files.delete(key)
      },
    }
    await sweepFiles({ fileRecords: store.fileRecords, files: slow }, 0)
    await Promise.all(uploading)
    expect(await contentOf(path)).toBe('new')
    expect(await usage()).toBe(3)
  })

  it('tries again what could not be deleted, and is not held up by it', async () => {
    const artifacts = open()
    for (const name of ['a', 'b']) await artifacts.store(company, name, chunks('x'))
    await store.fileRecords.noteUnneeded(company, ['a', 'b'])
    const failing: StreamedFiles = {
      ...files,
      async delete(key) {
        if (key.endsWith('/a')) throw new Error('the disk is away')
        await files.delete(key)
      },
    }
    const broken = sweepFiles({ fileRecords: store.fileRecords, files: failing }, 0)
    await expect(broken).rejects.toThrow('the disk is away')
    expect(await namesOnDisk()).toEqual([`artifacts/${company}/a`])
    expect(await usage()).toBe(1)
    expect(await store.fileRecords.claim(company, 'a')).toBe(false)
  })
})

describe('the sweep of dropped events', () => {
  it('notes the files that a task has uploaded here, but none that it stored since', async () => {
    const artifacts = open()
    const [own, others] = [`p/t.${id}/metrics/1.png`, `p/t.${'f'.repeat(32)}/metrics/1.png`]
    for (const name of [own, others, path]) await artifacts.store(company, name, chunks('x'))
    const droppedAt = new Date(Date.now() + 60_000)
    const urls = [own, others, 'a.png'].map((name) => `http://localhost:8081/${name}`)
    const events = {
      ...store.events,
      async sweep(forget: Parameters<typeof store.events.sweep>[0]) {
        await forget({ company, subject: id, droppedAt, urls })
        await forget({ company, subject: id, droppedAt: new Date(0), urls: [`http://localhost:8081/${path}`] })
        return { more: true }
      },
    }
    expect(await sweepEvents({ events, fileRecords: store.fileRecords })).toBe(true)
    await sweep()
    expect(await artifacts.stat(company, own)).toBeNull()
    expect(await artifacts.stat(company, others)).not.toBeNull()
    expect(await artifacts.stat(company, path)).not.toBeNull()
  })
})

async function exhaust(source: AsyncIterable<Uint8Array>): Promise<never> {
  for await (const _chunk of source);
  throw new Error('the disk is full')
}
