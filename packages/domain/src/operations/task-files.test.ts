import { describe, expect, it } from 'vitest'
import type { FileStore } from '../ports.ts'
import { checkSubmission } from './check-submission.ts'
import { dropUnnamedFiles, filesNamedBy, taskFileKey } from './task-files.ts'

const [own, other] = ['a'.repeat(32), 'b'.repeat(32)]
const [company, foreign] = ['1'.repeat(32), '2'.repeat(32)]
const input = (...keys: string[]) => ({ images: keys.map((file) => ({ source: { file } })) })
const task = (text: string, job: string | null = 'classify.image') => ({ id: own, job, input: text, inputKey: null })

/** A store that keeps note of what is done with it. */
function notedFiles(texts: Record<string, string> = {}) {
  const read: string[] = []
  const deleted: string[] = []
  const files: FileStore = {
    put: async () => {},
    async getText(key) {
      read.push(key)
      return texts[key] ?? null
    },
    delete: async (key) => void deleted.push(key),
  }
  return { files, read, deleted }
}

describe('an input that names files', () => {
  const check = (value: unknown, job = 'classify.image') =>
    checkSubmission({ knownModels: async () => [] }, { id: own, company, job }, value)

  it('may name uploaded files of its company, whether they are there or not', async () => {
    const path = `artifacts/${company}/assets/1/a%20b.mp4`
    await expect(check(input(path, taskFileKey(own, 0)))).resolves.toBeDefined()
    await expect(check({ source: { file: path } }, 'embed.video')).resolves.toBeDefined()
  })

  it.each([
    `artifacts/${foreign}/a.mp4`,
    `artifacts/${company}/../${foreign}/a.mp4`,
    `artifacts/${company}/./../../inputs/${other}/0`,
    `artifacts/${company}/..%2f${foreign}/a.mp4`,
    `artifacts/${company}//a.mp4`,
    `artifacts/${company}/a.mp4/`,
    `artifacts/${company}/`,
    `artifacts/${company}/.unfinished/a`,
    `artifacts/${company}/a b`,
    `artifacts/${company}/a\\..\\b`,
    `artifacts/${company}/${'a/'.repeat(440)}a`,
    `artifacts/${company}${foreign}/a.mp4`,
  ])('is refused where it names what is no uploaded file of its company: %s', async (file) => {
    await expect(check({ source: { file } }, 'embed.video')).rejects.toMatchObject({
      ...{ code: 'INPUT_INVALID', issues: [{ field: 'input.source.file', problem: 'did not come with this task' }] },
    })
  })

  it.each(['classify.image', 'detect.image'])('may name those of its own task: %s', async (job) => {
    await expect(check(input(taskFileKey(own, 0), taskFileKey(own, 63)), job)).resolves.toBeDefined()
  })

  it("is refused where it names another task's, with the place of each", async () => {
    await expect(check(input(taskFileKey(own, 0), taskFileKey(other, 0), taskFileKey(other, 1)))).rejects.toMatchObject(
      {
        code: 'INPUT_INVALID',
        issues: [1, 2].map((place) => ({
          ...{ field: `input.images[${place}].source.file`, problem: 'did not come with this task' },
        })),
      },
    )
  })
})

describe('the files that a task names', () => {
  const named = (text: string, job?: string | null) => filesNamedBy(notedFiles().files, task(text, job))

  it('are its own, each once', async () => {
    const text = JSON.stringify(
      input(taskFileKey(own, 0), taskFileKey(other, 1), taskFileKey(own, 12), taskFileKey(own, 0)),
    )
    expect(await named(text)).toEqual([taskFileKey(own, 0), taskFileKey(own, 12)])
  })

  it('are known also while its input does not fit its job, however it is written', async () => {
    expect(await named(`{"images": "none", "x": ["inputs\\/${own}\\/3", "my inputs/${own}/4"]}`)).toEqual([
      taskFileKey(own, 3),
    ])
  })

  it('are not those of the company, which outlive it', async () => {
    const [upload, own0] = [`artifacts/${company}/inputs/${own}/1`, taskFileKey(own, 0)]
    expect(await named(JSON.stringify({ source: { file: upload } }), 'embed.video')).toEqual([])
    expect(await named(JSON.stringify(input(upload, own0)))).toEqual([own0])
  })

  it('are known from an input that is in a file', async () => {
    const { files } = notedFiles({ 'inputs/large.json': JSON.stringify(input(taskFileKey(own, 5))) })
    expect(await filesNamedBy(files, { ...task(''), input: null, inputKey: 'inputs/large.json' })).toEqual([
      taskFileKey(own, 5),
    ])
  })

  it.each([null, 'echo', 'embed.text', 'gone'])(
    'are none of a task whose job takes none, which costs no reading: %s',
    async (job) => {
      const { files, read } = notedFiles()
      expect(await filesNamedBy(files, { ...task('', job), input: null, inputKey: 'inputs/large.json' })).toEqual([])
      expect(read).toEqual([])
    },
  )
})

describe('a change of a task', () => {
  const [first, second] = [taskFileKey(own, 0), taskFileKey(own, 1)]
  const both = task(JSON.stringify(input(first, second)))
  const droppedBy = async (after: Parameters<typeof dropUnnamedFiles>[2]) => {
    const { files, deleted } = notedFiles()
    await dropUnnamedFiles({ files }, both, after)
    return deleted
  }

  it('deletes the files that it no longer names', async () => {
    expect(await droppedBy(task(JSON.stringify(input(second))))).toEqual([first])
    expect(await droppedBy(task('{}'))).toEqual([first, second])
    expect(await droppedBy({ ...both, input: null })).toEqual([first, second])
  })

  it('deletes those of a job that takes none any more', async () => {
    expect(await droppedBy({ ...both, job: 'echo' })).toEqual([first, second])
  })

  it('leaves those that it still names', async () => {
    expect(await droppedBy({ ...both })).toEqual([])
    expect(await droppedBy({ ...both, job: 'detect.image' })).toEqual([])
    expect(await droppedBy(task(JSON.stringify(input(second, first))))).toEqual([])
  })
})
