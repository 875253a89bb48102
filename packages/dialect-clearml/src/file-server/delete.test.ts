import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FileBench, startFileServers } from './files.fixture.ts'

let bench: FileBench
beforeAll(async () => {
  bench = await startFileServers()
})
afterAll(() => bench[Symbol.asyncDispose]())

const deleteMany = async (files: unknown, path = '/delete_many') =>
  bench.send({ method: 'POST', path, body: JSON.stringify({ files }), headers: { 'content-type': 'application/json' } })

describe('a deletion', () => {
  it('answers the path, and the file is gone', async () => {
    const path = await bench.upload('gone/a ž.txt', 'x')
    const answer = await bench.send({ method: 'DELETE', path: `/${encodeURIComponent(path)}` })
    expect([answer.status, answer.json()]).toEqual([200, path])
    expect(answer.headers['content-type']).toContain('application/json')
    expect(await bench.contentOf(path)).toBeNull()
  })

  it('of what is not there is 404', async () => {
    expect((await bench.send({ method: 'DELETE', path: '/absent.txt' })).status).toBe(404)
    expect((await bench.send({ method: 'DELETE', path: '/' })).status).toBe(404)
  })
})

describe('a deletion of many', () => {
  it('takes paths, paths with a slash before them, and addresses, and says what became of each', async () => {
    const [plain, slashed, old, own] = ['many/a b.txt', 'many/s.txt', 'many/ž o.txt', 'many/o.txt']
    for (const path of [plain, slashed, old, own]) await bench.upload(path, 'x')
    const files = [plain, `/${slashed}`, `http://host:8008/files/${encodeURI(old)}`, `https://files.example/${own}`]
    const answer = await deleteMany([...files, 'many/absent', '../escape'])
    expect([answer.status, answer.json()]).toEqual([
      200,
      {
        deleted: { [plain]: plain, [`/${slashed}`]: slashed, [files[2] as string]: old, [files[3] as string]: own },
        errors: { 'Not found': ['many/absent'], 'Not a path of a file': ['../escape'] },
      },
    ])
    for (const path of [plain, slashed, old, own]) expect(await bench.contentOf(path)).toBeNull()
  })

  it('is the same under `/files` of the api', async () => {
    const path = await bench.upload('many/api.txt', 'x')
    const body = JSON.stringify({ files: [path] })
    const answer = await bench.sendToApi({ method: 'POST', path: '/files/delete_many', body })
    expect(answer.json()).toEqual({ deleted: { [path]: path }, errors: {} })
  })

  it('of what is no list of names is 400, which says so', async () => {
    for (const files of [undefined, 'a.txt', [1], null]) {
      const answer = await deleteMany(files)
      expect([answer.status, answer.json().error]).toEqual([400, expect.stringContaining("'files")])
    }
    const broken = await bench.send({ method: 'POST', path: '/delete_many', body: '{' })
    expect([broken.status, broken.json().error]).toEqual([400, expect.stringContaining('JSON')])
  })
})
