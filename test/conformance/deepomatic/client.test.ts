import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plain } from '../../lib/deepomatic/pictures.ts'
import { createSpec, createVersion } from '../../lib/deepomatic/specs.ts'
import { type DeepomaticSystem, startDeepomatic, tinySpec } from '../../lib/deepomatic/system.ts'

let system: DeepomaticSystem
beforeAll(async () => {
  system = await startDeepomatic()
})
afterAll(() => system?.stop())

describe('the Python client, from its first call to its last', () => {
  it('finds its account and the public models, asks one of them, and waits', async () => {
    const { client } = system
    expect((await client.account()).id).toEqual(expect.any(Number))
    const [first] = await client.list('/recognition/public/', 'public=1')
    expect(first.id).toBe('tiny-image')
    const { outputs } = await client.retrieve(`/recognition/public/${first.id}/`)
    const names = outputs[0].labels.labels.map(({ name }: { name: string }) => name)

    const args = { inputs: [{ source: plain('green') }], show_discarded: true, max_predictions: 3 }
    const { predicted, discarded } = (await client.infer(`/recognition/public/${first.id}`, args)).outputs[0].labels
    expect(names).toContain(predicted[0].label_name)
    for (const { score, threshold } of predicted) expect(score).toBeGreaterThanOrEqual(threshold)
    for (const { score, threshold } of discarded) expect(score).toBeLessThan(threshold)
  })

  it('makes a specification and a version, runs both, changes and deletes them', async () => {
    const { client, wire } = system
    const spec = await createSpec(wire)
    const version = await createVersion(system, { spec_id: spec.id })
    expect((await client.list('/recognition/specs/')).map(({ id }) => id)).toEqual([spec.id])
    expect((await client.list(`/recognition/specs/${spec.id}/versions`)).map(({ id }) => id)).toEqual([version.id])
    expect((await client.list('/recognition/versions/')).map(({ id }) => id)).toEqual([version.id])
    const args = { inputs: [{ source: plain('red') }] }
    for (const resource of [`/recognition/specs/${spec.id}`, `/recognition/versions/${version.id}`]) {
      expect((await client.infer(resource, args)).outputs[0].labels.predicted[0].label_name).toBe('red')
    }
    const changed = await wire.json('PATCH', `/recognition/specs/${spec.id}/`, { name: 'other colors' })
    expect(changed).toMatchObject({ status: 200, data: { name: 'other colors' } })
    expect(await client.retrieve(`/recognition/versions/${version.id}/`)).toMatchObject({ spec_name: 'other colors' })
    expect((await wire.send('DELETE', `/recognition/specs/${spec.id}/`)).status).toBe(204)
    expect(await client.list('/recognition/specs/')).toEqual([])
  })

  it('starts tasks without waiting, and collects them by retrieve, wait, list and batch_wait', async () => {
    const { client } = system
    const sources = [plain('red'), Buffer.from('no image'), plain('blue')]
    const ids: string[] = []
    for (const source of sources) ids.push(await client.start(tinySpec, { inputs: [{ source }] }))
    const [red, bad, blue] = ids as [string, string, string]
    expect((await client.wait(red)).status).toBe('success')
    // What its TaskError says is the whole task.
    await expect(client.wait(bad)).rejects.toThrow(`"id":"${bad}"`)
    const done = await client.batchWait(ids)
    expect(done.success.map(([place, { id }]) => [place, id])).toEqual([
      [0, red],
      [2, blue],
    ])
    expect(done).toMatchObject({ pending: [], error: [[1, { id: bad }]] })
    expect((await client.tasks([blue, red])).map(({ id }) => id)).toEqual([blue, red])
  })

  it('is told that tasks are still pending when its time is up', async () => {
    const { client } = system
    await system.whilePaused(async () => {
      const id = await client.start(tinySpec, { inputs: [{ source: plain('red') }] })
      await expect(client.wait(id, 300)).rejects.toThrow('still pending')
      expect(await client.batchWait([id], 300)).toMatchObject({ pending: [[0, { id }]], success: [], error: [] })
    })
  })
})
