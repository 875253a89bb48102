import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { tempDir } from '@inferq/testkit'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { openScratch, type Scratch } from './scratch.ts'
import { deadAfterMs } from './scratch-folder.ts'
import { silentLog } from './worker.fixture.ts'

const dir = await tempDir('scratch')
afterAll(() => dir.remove())
const opened: Scratch[] = []
afterEach(async () => {
  for (const scratch of opened.splice(0)) await scratch.close()
})

let folders = 0
const newFolder = () => join(dir.path, `${++folders}`, 'scratch')

async function open(folder: string, quotaBytes = 100) {
  const scratch = await openScratch({ folder, quotaBytes, log: silentLog })
  opened.push(scratch)
  return scratch
}

async function* pieces(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text)
}

describe('a file in the scratch folder', () => {
  it('is there until it is disposed, for nobody but this user', async () => {
    const scratch = await open(newFolder())
    const place = scratch.place()
    await place.write(pieces('a', 'bc'))
    expect(await readFile(place.path, 'utf8')).toBe('abc')
    expect((await stat(place.path)).mode & 0o777).toBe(0o600)
    await place[Symbol.asyncDispose]()
    await expect(stat(place.path)).rejects.toThrow('ENOENT')
    await place[Symbol.asyncDispose]()
  })

  it('is apart from all others', async () => {
    const scratch = await open(newFolder())
    const places = [scratch.place(), scratch.place()]
    await Promise.all(places.map((place, index) => place.write(pieces(`${index}`))))
    expect(await Promise.all(places.map(({ path }) => readFile(path, 'utf8')))).toEqual(['0', '1'])
  })

  it('keeps only the room that it takes, and gives that back when it is disposed', async () => {
    const scratch = await open(newFolder())
    const [place, other] = [scratch.place(), scratch.place()]
    expect([place.tryToHave(100), other.tryToHave(98)]).toEqual([true, false])
    await place.write(pieces('ab'))
    expect([other.tryToHave(99), other.tryToHave(98)]).toEqual([false, true])
    await place[Symbol.asyncDispose]()
    expect(other.tryToHave(100)).toBe(true)
  })

  it('leaves nothing behind when its source breaks off', async () => {
    const folder = newFolder()
    const scratch = await open(folder)
    const place = scratch.place()
    const breaking = async function* () {
      yield Buffer.from('a')
      throw new Error('broke off')
    }
    await expect(place.write(breaking())).rejects.toThrow('broke off')
    await place[Symbol.asyncDispose]()
    const [own = ''] = await readdir(folder)
    expect(await readdir(join(folder, own))).toEqual([])
  })
})

describe('a scratch folder', () => {
  it('is emptied when it is closed', async () => {
    const folder = newFolder()
    const scratch = await open(folder)
    await scratch.place().write(pieces('left'))
    await scratch.close()
    expect(await readdir(folder)).toEqual([])
  })

  it('is cleared of what processes that died left in it, and of nothing else', async () => {
    const folder = newFolder()
    const living = await open(folder)
    const place = living.place()
    await place.write(pieces('alive'))
    const longAgo = new Date(Date.now() - deadAfterMs - 1_000)
    for (const name of ['worker-dead01', 'not-ours']) {
      await mkdir(join(folder, name))
      await writeFile(join(folder, name, '1'), 'left')
      await utimes(join(folder, name), longAgo, longAgo)
    }
    await open(folder)
    const names = await readdir(folder)
    expect(names).toHaveLength(3)
    expect(names).toContain('not-ours')
    expect(names).not.toContain('worker-dead01')
    expect(await readFile(place.path, 'utf8')).toBe('alive')
  })
})
