import { readFileSync } from 'node:fs'
import { jobErrorCodes } from '@inferq/contracts'
import { describe, expect, it } from 'vitest'
import { errorCodes } from './errors.ts'

const page = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8')
const [ofRequests = '', ofTasks = ''] = page.split('## Of a task')
const codesIn = (text: string) => [...text.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, code]) => code)

describe('docs/errors.md', () => {
  it('explains every error of a request, and no other', () => {
    expect(codesIn(ofRequests).sort()).toEqual(Object.keys(errorCodes).sort())
  })

  it('explains every error of a task, and no other', () => {
    expect(codesIn(ofTasks).sort()).toEqual([...jobErrorCodes].sort())
  })
})
