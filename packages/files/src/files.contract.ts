import { createHash, randomBytes } from 'node:crypto'
import type { ReadFile, StreamedFiles } from '@inferq/domain'
import { describe, expect, it } from 'vitest'

/**
 * What every store of files does, whatever it keeps them in. Each call of `open` shows an empty one. The server that the
 * tests of S3 start is `lax`: it knows no range of the first byte alone nor of an empty file, and writes an object in
 * place.
 */
export function filesSuite(open: () => Promise<StreamedFiles>, { lax = false } = {}): void {
  const textOf = async (read: ReadFile | null) =>
    read && Buffer.concat(await Array.fromAsync(read.body as AsyncIterable<Uint8Array>)).toString()
  const bytes = (text: string) => new TextEncoder().encode(text)

  describe('large inputs and results', () => {
    it('are given back as they were put, as text or as bytes', async () => {
      const files = await open()
      const large = JSON.stringify({ texts: ['žluťoučký '.repeat(50_000)] })
      await files.put('inputs/0123-1.json', large)
      await files.put('results/0123-1-1.json', bytes('[1,2]'))
      await files.put('results/empty', '')
      expect(await files.getText('inputs/0123-1.json')).toBe(large)
      expect(await files.getText('results/0123-1-1.json')).toBe('[1,2]')
      expect(await files.getText('results/empty')).toBe('')
    })

    it('are null when they are not there', async () => {
      const files = await open()
      expect(await files.getText('inputs/none.json')).toBeNull()
      await files.put('inputs/a.json', 'x')
      expect(await files.getText('inputs/a.json/b')).toBeNull()
    })

    it('can be deleted, also when they are gone', async () => {
      const files = await open()
      await files.put('inputs/a.json', 'x')
      await files.delete('inputs/a.json')
      await files.delete('inputs/a.json')
      await files.delete('none/at/all')
      expect(await files.getText('inputs/a.json')).toBeNull()
    })
  })

  describe('files of any size', () => {
    it('are given back byte by byte, with their size and time', async () => {
      const files = await open()
      // More than one part of an upload in parts, and no whole number of them.
      const chunk = randomBytes(1_000_003)
      const count = 36
      const hash = createHash('sha256')
      async function* source() {
        for (let i = 0; i < count; i++) {
          hash.update(chunk)
          yield chunk
        }
      }
      const before = Date.now()
      expect(await files.write('artifacts/c/large', source())).toEqual({ size: count * chunk.length })
      const read = await files.read('artifacts/c/large')
      const found = createHash('sha256')
      for await (const part of read?.body ?? []) found.update(part)
      expect(found.digest('hex')).toBe(hash.digest('hex'))
      const facts = await files.stat('artifacts/c/large')
      expect(facts?.size).toBe(count * chunk.length)
      expect(read).toMatchObject(facts ?? {})
      // Some stores know whole seconds only.
      expect(facts?.modifiedAt.getTime()).toBeGreaterThan(before - 2_000)
      expect(facts?.modifiedAt.getTime()).toBeLessThan(Date.now() + 2_000)
    })

    it('may be empty, and their names what a key may be', async () => {
      const files = await open()
      const key = `artifacts/c/%2Eproject%20a.${'0'.repeat(32)}/%C5%BD-_.x%25/${'n'.repeat(200)}`
      expect(await files.write(key, chunks())).toEqual({ size: 0 })
      expect(await files.stat(key)).toMatchObject({ size: 0 })
      expect(await textOf(await files.read(key))).toBe('')
      if (!lax) expect(await textOf(await files.read(key, { start: 0, end: 9 }))).toBe('')
      expect(await files.stat(key.replaceAll('%25', '%'))).toBeNull()
    })

    it('are null when they are not there', async () => {
      const files = await open()
      expect(await files.stat('artifacts/none')).toBeNull()
      expect(await files.read('artifacts/none')).toBeNull()
      expect(await files.read('artifacts/none', { start: 5, end: 3 })).toBeNull()
    })

    it('are read in part, both ends included, as far as they go', async () => {
      const files = await open()
      await files.write('artifacts/a', chunks('0123', '456789'))
      const part = async (start: number, end: number) => textOf(await files.read('artifacts/a', { start, end }))
      if (!lax) expect(await part(0, 0)).toBe('0')
      expect(await part(0, 1)).toBe('01')
      expect(await part(9, 9)).toBe('9')
      expect(await part(3, 4)).toBe('34')
      expect(await part(8, 99)).toBe('89')
      expect(await part(10, 12)).toBe('')
      expect(await part(5, 4)).toBe('')
      const read = await files.read('artifacts/a', { start: 2, end: 3 })
      expect(read).toMatchObject({ size: 10 })
      read?.body.destroy()
    })

    it.skipIf(lax)(
      'take the place of another, and a reader of that one sees it to its end (not where a server writes in place)',
      async () => {
        const files = await open()
        const [old, young] = ['a'.repeat(3_000_000), 'b'.repeat(10)]
        await files.write('artifacts/a', chunks(old))
        const read = await files.read('artifacts/a')
        await files.write('artifacts/a', chunks(young))
        expect(read?.size).toBe(old.length)
        expect(await textOf(read)).toBe(old)
        expect(await textOf(await files.read('artifacts/a'))).toBe(young)
      },
    )

    it.each([
      ['at once', 0],
      ['after many bytes', 40],
    ])('that fail %s leave nothing, and what was there stays', async (_when, megabytes) => {
      const files = await open()
      const failure = new Error('the line was cut')
      async function* broken() {
        for (let i = 0; i < megabytes; i++) yield Buffer.alloc(1_000_000)
        throw failure
      }
      await expect(files.write('artifacts/new', broken())).rejects.toBe(failure)
      expect(await files.stat('artifacts/new')).toBeNull()
      await files.write('artifacts/old', chunks('old'))
      await expect(files.write('artifacts/old', broken())).rejects.toBe(failure)
      expect(await textOf(await files.read('artifacts/old'))).toBe('old')
    })

    it('are not there before their source has come to its end', async () => {
      const files = await open()
      const seen: unknown[] = []
      async function* source() {
        yield bytes('x')
        seen.push(await files.stat('artifacts/a'))
      }
      await files.write('artifacts/a', source())
      expect(seen).toEqual([null])
    })

    it('are whole when many are written to one key at once', async () => {
      const files = await open()
      const texts = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(100_000))
      await Promise.all(texts.map((text) => files.write('artifacts/deep/er/a', chunks(text))))
      expect(texts).toContain(await textOf(await files.read('artifacts/deep/er/a')))
    })

    it('can be written and deleted beside each other', async () => {
      const files = await open()
      const turns = Array.from({ length: 20 }, async (_, i) => {
        await files.write(`artifacts/deep/er/${i}`, chunks('x'))
        await files.delete(`artifacts/deep/er/${i}`)
      })
      await Promise.all(turns)
      expect(await files.write('artifacts/deep', chunks('x'))).toEqual({ size: 1 })
    })
  })
}

export async function* chunks(...texts: string[]) {
  for (const text of texts) yield new TextEncoder().encode(text)
}
