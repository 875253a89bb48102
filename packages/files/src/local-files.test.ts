import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { tempDir } from '@inferq/testkit'
import { describe, expect, it } from 'vitest'
import { createLocalFiles } from './local-files.ts'

describe('a local file store', () => {
  it('gives back what was put, as text or as bytes', async () => {
    await using dir = await tempDir('files')
    const files = createLocalFiles(dir.path)
    await files.put('inputs/a.json', '{"text":"žluťoučký"}')
    await files.put('results/b.json', new TextEncoder().encode('[1,2]'))
    expect(await files.getText('inputs/a.json')).toBe('{"text":"žluťoučký"}')
    expect(await files.getText('results/b.json')).toBe('[1,2]')
  })

  it('answers null for a file that is not there, in a folder that is not there', async () => {
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
    expect(await readdir(join(dir.path, 'inputs'))).toEqual(['a.json'])
  })

  it('deletes a file, and does not mind one that is gone', async () => {
    await using dir = await tempDir('files')
    const files = createLocalFiles(dir.path)
    await files.put('inputs/a.json', 'x')
    await files.delete('inputs/a.json')
    await files.delete('inputs/a.json')
    expect(await files.getText('inputs/a.json')).toBeNull()
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
    'inputs/a b.json',
    `inputs/${'a'.repeat(201)}`,
  ])('refuses the key %j, which could lead out of its folder', async (key) => {
    await using dir = await tempDir('files')
    const files = createLocalFiles(join(dir.path, 'store'))
    await expect(files.put(key, 'x')).rejects.toThrow('is not a file key')
    await expect(files.getText(key)).rejects.toThrow('is not a file key')
    await expect(files.delete(key)).rejects.toThrow('is not a file key')
    expect(await readdir(dir.path)).toEqual([])
  })
})
