import { describe, expect, it } from 'vitest'
import { artifactKey, artifactPath, artifactPathOf, isArtifactKey } from './artifact-path.ts'

const company = '00000000000000000000000000000001'
const keyOf = (path: string) => artifactKey(company, path).slice(`artifacts/${company}/`.length)
const id = '0123456789abcdef0123456789abcdef'
/** What every store of files takes. */
const key = /^[A-Za-z0-9_%-][A-Za-z0-9._%-]{0,199}(\/[A-Za-z0-9_%-][A-Za-z0-9._%-]{0,199})*$/

describe('the key of an uploaded file', () => {
  it('is its path, below a folder of its company', () => {
    expect(artifactKey(company, 'project/task.1/a-b_c.pkl')).toBe(`artifacts/${company}/project/task.1/a-b_c.pkl`)
  })

  it.each([
    ['my project/a task [v2] = 50%@x.1/ž', 'my%20project/a%20task%20%5Bv2%5D%20%3D%2050%25%40x.1/%C5%BE'],
    ['.pipelines/...x/a.', '%2Epipelines/%2E..x/a.'],
    ['%2e%2e/x', '%252e%252e/x'],
    ['a\\..\\b', 'a%5C..%5Cb'],
    ['C:/a', 'C%3A/a'],
    ['a\n', 'a%0A'],
    ['😀', '%F0%9F%98%80'],
  ])('spells %j with what every store takes', (path, expected) => {
    expect(keyOf(path)).toBe(expected)
    expect(artifactKey(company, path)).toMatch(key)
  })

  it('is short enough however long the names are, and another for each path', () => {
    const paths = ['n'.repeat(200), 'n'.repeat(201), 'n'.repeat(202), 'ž'.repeat(300), 'ž'.repeat(301)].flatMap(
      (name) => [
        name,
        `${name}/x`,
        `x/${name}`,
        ...Array.from({ length: 4 }, (_, i) => `${i}/`.repeat(500) + name.slice(0, 200)),
      ],
    )
    const keys = paths.map((path) => artifactKey(company, path))
    for (const one of keys) {
      expect(one).toMatch(key)
      expect(one.length).toBeLessThanOrEqual(1_000)
    }
    expect(new Set(keys).size).toBe(new Set(paths).size)
    expect(keyOf('n'.repeat(201))).toMatch(/^n{100}%-[0-9a-f]{64}$/)
  })

  it.each([
    '',
    '/',
    '/etc/passwd',
    '//etc',
    'a//b',
    'a/',
    '..',
    '../x',
    'a/../../x',
    'a/..',
    '.',
    './a',
    'a/./b',
    'a\0b',
    '\ud800',
    'x/'.repeat(1_000),
    `${'x/'.repeat(1_000)}x`,
  ])('is refused for %j, with the reason', (path) => {
    expect(() => artifactKey(company, path)).toThrow(/^".{0,120}" is not a path of a file: (it|none of its parts) /s)
  })
})

describe('the path that is meant', () => {
  it.each([
    ['a/b.c', 'a/b.c'],
    ['/a/b', 'a/b'],
    ['//a///b', 'a/b'],
    ['./a/./b', 'a/b'],
    ['.pipelines/...x/a.', '.pipelines/...x/a.'],
  ])('by %j is %j', (given, path) => {
    expect(artifactPath(given)).toBe(path)
  })

  it.each(['', '/', '.', '/.', 'a/', '/a/', '..', '/../x', 'a/.././b', 'a/..', '\0'])('by %j is none', (given) => {
    expect(() => artifactKey(company, artifactPath(given))).toThrow('is not a path of a file')
  })
})

describe('a key', () => {
  it.each(['a', 'project/task.1/a b', '.pipelines/...x/a.', '%2e%2e/x', 'n'.repeat(201), 'n/'.repeat(800)])(
    'of an uploaded file is told to be one: %s',
    (path) => {
      const key = artifactKey(company, path.replace(/\/$/, '/n'))
      expect(isArtifactKey(company, key)).toBe(true)
      expect(isArtifactKey('f'.repeat(32), key)).toBe(false)
    },
  )
})

describe('the path of an uploaded file in an address', () => {
  const path = `my project/a task.${id}/models/x y.pkl`
  const spelt = `my%20project/a%20task.${id}/models/x%20y.pkl`

  it.each([
    `http://localhost:8081/${spelt}`,
    `https://files.example.com/files/${spelt}`,
    `HTTP://localhost:8081/${path}`,
    `http://localhost:8081/${spelt}?download#x`,
    `http://localhost:8081//./${spelt.replace('/', '//')}`,
  ])('is found in %s', (url) => {
    expect(artifactPathOf(url)).toBe(path)
  })

  it.each([
    '',
    'x',
    `s3://bucket/${spelt}`,
    `file:///${spelt}`,
    `/${spelt}`,
    'https://example.com/models/resnet.pth',
    `https://example.com/models.${id}x/resnet.pth`,
    `https://example.com/?file=${spelt}`,
    `https://example.com/../task.${id}/x`,
    `https://example.com/a/%2e%2e/task.${id}/x`,
    `https://example.com/a%00b/task.${id}/x`,
  ])('is null in %j, which is none of ours', (url) => {
    expect(artifactPathOf(url)).toBeNull()
  })

  it('is what it says where it is not percent-encoded well', () => {
    expect(artifactPathOf(`http://host/100% sure.${id}/x`)).toBe(`100% sure.${id}/x`)
  })
})
