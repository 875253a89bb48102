import type { DetailedTask, Project } from '@inferq/domain'
import { describe, expect, it } from 'vitest'
import { apiVersion, type Call } from '../call.ts'
import { taskCollection } from '../query/collection.ts'
import { readSelection } from '../query/selection.ts'
import { expandReferences } from './references.ts'

/** Services that know every project and parent, and note each load. */
function countingCall() {
  const loads: string[] = []
  const services = {
    projects: {
      async findProjects(_company: string, ids: readonly string[]) {
        loads.push(`projects ${ids.join(' ')}`)
        return ids.map((id) => ({ id, name: `name of ${id}`, parent: null, company: 'c', user: 'u' }) as Project)
      },
    },
    tasks: {
      async findDetailed(_company: string, ids: readonly string[]) {
        loads.push(`tasks ${ids.join(' ')}`)
        return ids.map((id) => ({ id, name: `name of ${id}`, project: `p-${id}`, job: null }) as DetailedTask)
      },
    },
  }
  const identity = { company: 'c' }
  return { loads, call: { services, identity, version: apiVersion, baseUrl: '' } as unknown as Call }
}

const documents = Array.from({ length: 100 }, (_, index) => ({
  ...{ id: `t${index}`, project: `p${index % 2}`, parent: `t${index % 3}` },
}))

describe('references', () => {
  it('are loaded once per kind and level, however many documents name them', async () => {
    const { call, loads } = countingCall()
    const selection = readSelection({ only_fields: ['project.name', 'parent.project.name'] }, taskCollection)
    const [first] = await expandReferences(call, 'task', documents, selection)
    expect(first).toEqual({
      id: 't0',
      project: { id: 'p0', name: 'name of p0' },
      parent: { id: 't0', project: { id: 'p-t0', name: 'name of p-t0' } },
    })
    expect(loads.sort()).toEqual(['projects p-t0 p-t1 p-t2', 'projects p0 p1', 'tasks t0 t1 t2'])
  })

  it('are not loaded when only their ids are asked for', async () => {
    const { call, loads } = countingCall()
    const [first] = await expandReferences(call, 'task', documents, readSelection({}, taskCollection))
    expect(first).toEqual({ id: 't0', project: { id: 'p0' }, parent: { id: 't0' } })
    expect(loads).toEqual([])
  })
})
