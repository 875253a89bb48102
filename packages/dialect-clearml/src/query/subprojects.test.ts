import type { Condition } from '@inferq/domain'
import { describe, expect, it } from 'vitest'
import { withSubprojects } from './subprojects.ts'

const any = (field: string, ...values: string[]): Condition => ({ kind: 'any_of', field: [field], values })
const expand = async (projects: readonly string[]) => projects.flatMap((project) => [project, `${project}/below`])

describe('include_subprojects', () => {
  it('puts all descendants beside each project, also of those that are excluded', async () => {
    const condition: Condition = {
      kind: 'and',
      of: [any('project', 'a'), { kind: 'not', of: any('project', 'b') }, any('parent', 'a')],
    }
    expect(await withSubprojects(condition, expand)).toEqual({
      kind: 'and',
      of: [any('project', 'a', 'a/below'), { kind: 'not', of: any('project', 'b', 'b/below') }, any('parent', 'a')],
    })
  })

  it('leaves other conditions as they are', async () => {
    const condition: Condition = { kind: 'empty', field: ['project'] }
    expect(await withSubprojects(condition, expand)).toBe(condition)
  })
})
