import { describe, expect, it } from 'vitest'
import { select } from '../document/select.ts'
import { taskCollection } from './collection.ts'
import { readSelection } from './selection.ts'

const document = {
  id: '1',
  name: 'one',
  project: 'p',
  script: { repository: 'r', requirements: { pip: 'numpy' } },
  models: { input: [{ name: 'in', model: 'm' }], output: [] },
  runtime: { _key: '1', other: '2' },
  hyperparams: { Args: { 'a.b': { value: '1' }, $x__y: { value: '2' }, '50%': { value: '3' } } },
  configuration: { 'my.conf': { value: 'x' } },
  container: { image: 'cuda' },
}
const project = (...only_fields: string[]) => select(document, readSelection({ only_fields }, taskCollection))

describe('only_fields', () => {
  it.each<[title: string, fields: string[], expected: object]>([
    ['nothing is everything', [], document],
    ['top-level names', ['id', 'name'], { id: '1', name: 'one' }],
    ['a path', ['script.requirements'], { script: { requirements: { pip: 'numpy' } } }],
    ['a path into a map of any keys', ['runtime._key'], { runtime: { _key: '1' } }],
    ['a path through a list', ['models.input.model'], { models: { input: [{ model: 'm' }] } }],
    ['missing nested values are absent', ['runtime.nothing', 'comment'], { runtime: {} }],
    ['* is every top-level field', ['*'], document],
    ['.* is a whole part', ['script.*'], { script: document.script }],
    ['a child of another listed field is absorbed', ['script.repository', 'script'], { script: document.script }],
    ['a parent after its child too', ['script', 'script.repository'], { script: document.script }],
    [
      'siblings are both there',
      ['script.repository', 'script.requirements.pip'],
      { script: { repository: 'r', requirements: { pip: 'numpy' } } },
    ],
    ['a dot is written %2E', ['hyperparams.Args.a%2Eb'], { hyperparams: { Args: { 'a.b': { value: '1' } } } }],
    ['lower-case escapes count', ['configuration.my%2econf'], { configuration: document.configuration }],
    [
      'a dollar is written %24 and two underscores %_%_',
      ['hyperparams.Args.%24x%_%_y.value'],
      { hyperparams: { Args: { $x__y: { value: '2' } } } },
    ],
    ['partial escaping is tolerated', ['hyperparams.Args.$x__y'], { hyperparams: { Args: { $x__y: { value: '2' } } } }],
    ['a percent sign is written %%', ['hyperparams.Args.50%%'], { hyperparams: { Args: { '50%': { value: '3' } } } }],
    [
      'execution.parameters.X is hyperparams.Args.X',
      ['execution.parameters.a%2Eb'],
      { hyperparams: { Args: { 'a.b': { value: '1' } } } },
    ],
    ['execution.parameters is hyperparams', ['execution.parameters'], { hyperparams: document.hyperparams }],
    ['execution.model_desc is configuration', ['execution.model_desc'], { configuration: document.configuration }],
    ['execution.docker_cmd is container', ['execution.docker_cmd'], { container: document.container }],
    ['a path into a plain id is the id', ['project.name'], { project: 'p' }],
  ])('%s', (_title, fields, expected) => {
    expect(project(...fields)).toEqual(expected)
  })

  it('-name leaves that out and keeps everything else', () => {
    const { script, ...others } = document
    expect(project('-script')).toEqual(others)
    expect(project('-script.requirements')).toEqual({ ...document, script: { repository: 'r' } })
    expect(project('id', 'script', '-script.repository')).toEqual({
      id: '1',
      script: { requirements: { pip: 'numpy' } },
    })
  })

  it('is called projection by older clients', () => {
    expect(select(document, readSelection({ projection: ['id'] }, taskCollection))).toEqual({ id: '1' })
  })

  it('is also a single name', () => {
    expect(select(document, readSelection({ only_fields: 'id' }, taskCollection))).toEqual({ id: '1' })
  })

  it.each([['nothing'], ['-nothing'], ['nothing.id'], ['nothing.*'], ['Name'], ['enqueue_status']])(
    'refuses the unknown top-level name in %s with 400/14',
    (field) => {
      expect(() => project('id', field)).toThrow(expect.objectContaining({ status: 400, subcode: 14 }))
    },
  )

  it.each([
    ['hyperparams.a.b.c.d'],
    ['configuration.a.b.c.d'],
    ['hyperparams.'],
    ['.id'],
    [''],
    ['parent.parent.parent.parent.parent.parent.parent.parent.parent.parent.id'],
  ])('refuses the path "%s" with 400/12', (field) => {
    expect(() => project(field)).toThrow(expect.objectContaining({ status: 400, subcode: 12 }))
  })

  it.each([[1], [[1]], [{}], [true]])('refuses %j with 400/12', (only_fields) => {
    expect(() => readSelection({ only_fields }, taskCollection)).toThrow(expect.objectContaining({ subcode: 12 }))
  })
})
