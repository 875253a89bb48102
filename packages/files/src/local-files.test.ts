import { mkdir, readdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { tempDir } from '@inferq/testkit'
import { describe, expect, it } from 'vitest'
import { chunks, filesSuite } from './files.contract.ts'
import { createLocalFiles } from './local-files.ts'

type Folders = [outside: string, inside: string, root: string]

describe('a local file store', () => {
  filesSuite(async () => createLocalFiles((await tempDir('files')).path))

  it('is empty when its folder is not there', async () => {
    await using dir = await tempDir('files')
    expect(await createLocalFiles(join(dir.path, 'later')).getText('inputs/a.json')).toBeNull()
  })

  it('shows the old file or the new one while it is replaced, and never a part', async () => {
    await using dir = await tempDir('files')
    const files = createLocalFiles(dir.path)
    const texts = ['a'.repeat(300_000), 'b'.repeat(300_000)]
    await files.put('inputs/a.json', texts[0] as string)
    let isDone = false
    const writing = (async () => {
      for (let i = 1; i <= 10; i++) await files.put('inputs/a.json', texts[i % 2] as string)
      isDone = true
    })()
    while (!isDone) expect(texts).toContain(await files.getText('inputs/a.json'))
    await writing
  })

  it('leaves nothing behind when a file cannot be put', async () => {
    await using dir = await tempDir('files')
    await mkdir(join(dir.path, 'inputs', 'a.json'), { recursive: true })
    await writeFile(join(dir.path, 'inputs', 'a.json', 'in the way'), '')
    await expect(createLocalFiles(dir.path).put('inputs/a.json', 'x')).rejects.toThrow()
    const broken = createLocalFiles(dir.path).write('inputs/b.json', failing())
    await expect(broken).rejects.toThrow('the line was cut')
    expect(await readdir(join(dir.path, 'inputs', '.unfinished'))).toEqual([])
    expect((await readdir(join(dir.path, 'inputs'))).sort()).toEqual(['.unfinished', 'a.json'])
  })

  it('deletes with the last file of a folder that folder, but for the topmost', async () => {
    await using dir = await tempDir('files')
    const files = createLocalFiles(dir.path)
    await files.put('artifacts/c/a/b', 'x')
    await files.put('artifacts/c/d', 'x')
    await files.delete('artifacts/c/a/b')
    expect(await readdir(join(dir.path, 'artifacts', 'c'))).toEqual(['d'])
    await files.delete('artifacts/c/d')
    expect(await readdir(join(dir.path, 'artifacts'))).toEqual(['.unfinished'])
  })

  it('answers null when a file stands where a folder should be, or the other way round, before it reads on', async () => {
    await using dir = await tempDir('files')
    const files = createLocalFiles(dir.path)
    await files.put('artifacts/a', 'x')
    await files.put('artifacts/folder/b', 'x')
    const source = chunks('y')
    expect(await files.write('artifacts/a/b', source)).toBeNull()
    expect(await files.write('artifacts/folder', source)).toBeNull()
    expect((await source.next()).done).toBe(false)
    expect(await files.getText('artifacts/a')).toBe('x')
    expect(await files.read('artifacts/folder')).toBeNull()
    expect(await files.stat('artifacts/folder')).toBeNull()
    await files.delete('artifacts/folder')
    expect(await files.getText('artifacts/folder/b')).toBe('x')
  })

  it('follows no symbolic link out of its folder, which itself may be one', async () => {
    await using dir = await tempDir('files')
    const [outside, inside, root] = ['outside', 'inside', 'root'].map((name) => join(dir.path, name)) as Folders
    await mkdir(join(outside, 'deep'), { recursive: true })
    await mkdir(join(inside, 'artifacts'), { recursive: true })
    await writeFile(join(outside, 'secret'), 'secret')
    await symlink(inside, root)
    await symlink(outside, join(inside, 'artifacts', 'link'))
    await symlink(join(outside, 'secret'), join(inside, 'artifacts', 'secret'))
    const files = createLocalFiles(root)
    for (const key of ['artifacts/link/secret', 'artifacts/secret']) {
      expect(await files.getText(key)).toBeNull()
      expect(await files.read(key)).toBeNull()
      expect(await files.stat(key)).toBeNull()
    }
    await files.delete('artifacts/link/secret')
    await expect(files.write('artifacts/link/deep/new', chunks('x'))).rejects.toThrow('symbolic link')
    await expect(files.write('artifacts/link/other/new', chunks('x'))).rejects.toThrow('symbolic link')
    // In the place of the link, and not where it leads.
    await files.write('artifacts/secret', chunks('x'))
    expect(await readFile(join(outside, 'secret'), 'utf8')).toBe('secret')
    expect((await readdir(outside)).sort()).toEqual(['deep', 'secret'])
    expect(await files.getText('artifacts/secret')).toBe('x')
  })

  it('deletes what a process that died left half-written a day ago, and nothing that is being written', async () => {
    await using dir = await tempDir('files')
    const unfinished = join(dir.path, 'artifacts', '.unfinished')
    await mkdir(unfinished, { recursive: true })
    for (const name of ['old', 'young']) await writeFile(join(unfinished, name), 'x')
    const dayAgo = new Date(Date.now() - 25 * 60 * 60_000)
    await utimes(join(unfinished, 'old'), dayAgo, dayAgo)
    await createLocalFiles(dir.path).write('artifacts/a', chunks('x'))
    expect(await readdir(unfinished)).toEqual(['young'])
  })

  it.each([
    '',
    '/etc/passwd',
    '../outside.json',
    'inputs/../../outside.json',
    'inputs/..',
    './a.json',
    'inputs//a.json',
    'inputs/',
    'inputs/a\0.json',
    'inputs\\..\\..\\outside.json',
    'C:/a.json',
    'inputs/.hidden',
    'inputs/.unfinished/x',
    'inputs/a b.json',
    `inputs/${'a'.repeat(201)}`,
  ])('refuses the key %j, which could lead out of its folder', async (key) => {
    await using dir = await tempDir('files')
    const files = createLocalFiles(join(dir.path, 'store'))
    await expect(files.put(key, 'x')).rejects.toThrow('is not a file key')
    await expect(files.getText(key)).rejects.toThrow('is not a file key')
    await expect(files.delete(key)).rejects.toThrow('is not a file key')
    await expect(files.write(key, chunks('x'))).rejects.toThrow('is not a file key')
    await expect(files.stat(key)).rejects.toThrow('is not a file key')
    await expect(files.read(key)).rejects.toThrow('is not a file key')
    expect(await readdir(dir.path)).toEqual([])
  })
})

async function* failing() {
  yield new TextEncoder().encode('x')
  throw new Error('the line was cut')
}
