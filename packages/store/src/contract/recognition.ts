import { describe, expect, it } from 'vitest'
import { company, foreignCompany, type Suite } from './subject.ts'

export const recognitionSuite: Suite = (subject) => {
  const recognition = () => subject.store.recognition
  const all = { offset: 0, limit: 100 }
  const outputs = [{ labels: { roi: 'NONE', exclusive: true, labels: [{ id: 1, name: 'cat' }] } }]
  const postProcessings = [{ classification: { thresholds: [0.5] } }]

  const spec = (name = 'pets', owner = company) =>
    recognition().createSpec(owner, { name, description: 'd', metadata: { a: [1] }, outputs })
  const network = async (model = 'm', owner = company) => {
    const [found] = await recognition().networks(owner, [model])
    if (!found) throw new Error('no network')
    return found
  }
  const version = async (specId: number, owner = company) => {
    const made = await recognition().createVersion(owner, {
      ...{ specId, networkId: (await network('m', owner)).id, postProcessings },
    })
    if (!made) throw new Error('no version')
    return made
  }
  const withoutLong = <T extends { postProcessings: unknown }>({ postProcessings: _, ...summary }: T) => summary
  const currentOf = async (id: number) => (await recognition().findSpec(company, id))?.currentVersionId

  describe('recognition specs', () => {
    it('keep what they were made with, and change only in what is named', async () => {
      const made = await recognition().createSpec(company, {
        ...{ name: 'a\0', description: '', metadata: { 'k\0': ['\ud800'] }, outputs },
      })
      expect(made).toMatchObject({ company, description: '', currentVersionId: null, outputs })
      expect(made).toMatchObject({ name: 'a\ufffd', metadata: { 'k\ufffd': ['\ufffd'] } })
      expect(Number.isInteger(made.id)).toBe(true)
      expect(await recognition().findSpec(company, made.id)).toEqual(made)
      const changed = await recognition().changeSpec(company, made.id, { metadata: { x: 1 } })
      expect(changed).toEqual({ ...made, metadata: { x: 1 }, updatedAt: changed?.updatedAt })
      const named = await recognition().changeSpec(company, made.id, { name: 'b', description: 'c' })
      expect(named).toEqual({ ...changed, name: 'b', description: 'c', updatedAt: named?.updatedAt })
      expect(named && named.updatedAt >= made.updatedAt).toBe(true)
    })

    it('are listed by id, page by page, with the count of all', async () => {
      const ids = [(await spec()).id, (await spec()).id, (await spec()).id]
      await spec('theirs', foreignCompany)
      expect(ids).toEqual(ids.toSorted((a, b) => a - b))
      const page = await recognition().listSpecs(company, { offset: 1, limit: 1 })
      expect(page.specs[0]).not.toHaveProperty('outputs')
      expect({ count: page.count, ids: page.specs.map(({ id }) => id) }).toEqual({ count: 3, ids: [ids[1]] })
      expect(await recognition().listSpecs(company, { offset: 9, limit: 1 })).toEqual({ count: 3, specs: [] })
    })

    it('have as their current version one of their own or none', async () => {
      const [one, other] = [await spec(), await spec()]
      const [first, second] = [await version(one.id), await version(one.id)]
      const foreign = await version(other.id)
      const setTo = async (currentVersionId: number | null) =>
        (await recognition().changeSpec(company, one.id, { currentVersionId }))?.currentVersionId
      expect(await setTo(second.id)).toBe(second.id)
      expect(await setTo(foreign.id)).toBeUndefined()
      expect(await setTo(2 ** 31)).toBeUndefined()
      expect(await currentOf(one.id)).toBe(second.id)
      expect(await setTo(null)).toBeNull()
      expect(await setTo(first.id)).toBe(first.id)
    })

    it('take their versions with them', async () => {
      const [one, other] = [await spec(), await spec()]
      const [gone, kept] = [await version(one.id), await version(other.id)]
      expect(await recognition().deleteSpec(company, one.id)).toBe(true)
      expect(await recognition().deleteSpec(company, one.id)).toBe(false)
      expect(await recognition().findVersion(company, gone.id)).toBeNull()
      expect((await recognition().listVersions(company, null, all)).versions).toEqual([withoutLong(kept)])
    })
  })

  describe('recognition versions', () => {
    it('say the names of spec and model, and are listed by id, of one spec or of all', async () => {
      const [one, other] = [await spec('one'), await spec('other')]
      const made = [await version(one.id), await version(other.id), await version(one.id)]
      expect(made[0]).toMatchObject({ company, specId: one.id, specName: 'one', networkName: 'm', postProcessings })
      expect(await recognition().findVersion(company, made[0]?.id ?? 0)).toEqual(made[0])
      expect(await recognition().listVersions(company, null, all)).toEqual({
        count: 3,
        versions: made.map(withoutLong),
      })
      const ofOne = await recognition().listVersions(company, one.id, { offset: 1, limit: 5 })
      expect(ofOne).toEqual({ count: 2, versions: made.slice(2).map(withoutLong) })
      await recognition().changeSpec(company, one.id, { name: 'renamed' })
      expect(await recognition().findVersion(company, made[0]?.id ?? 0)).toMatchObject({ specName: 'renamed' })
    })

    it('become current as the first of their spec, and once gone nobody’s', async () => {
      const { id } = await spec()
      const first = await version(id)
      const second = await version(id)
      expect(await currentOf(id)).toBe(first.id)
      expect(await recognition().deleteVersion(company, first.id)).toBe(true)
      expect(await currentOf(id)).toBeNull()
      const third = await version(id)
      expect(await currentOf(id)).toBeNull()
      for (const { id: gone } of [second, third]) await recognition().deleteVersion(company, gone)
      expect(await recognition().deleteVersion(company, third.id)).toBe(false)
      const again = await version(id)
      expect(await currentOf(id)).toBe(again.id)
    })

    it('of one spec that are made at once agree on which is the first', async () => {
      const { id } = await spec()
      const made = await Promise.all(Array.from({ length: 8 }, () => version(id)))
      const lowest = Math.min(...made.map((one) => one.id))
      expect(await currentOf(id)).toBe(lowest)
      expect((await recognition().listVersions(company, id, all)).count).toBe(8)
    })

    it('come and go, while their spec is changed or deleted, without a broken reference', async () => {
      const [kept, gone] = [await spec(), await spec()]
      const busy = async ({ id }: { id: number }) => {
        const made = await recognition().createVersion(company, {
          ...{ specId: id, networkId: (await network()).id, postProcessings },
        })
        if (!made) return
        await Promise.all([
          recognition().changeSpec(company, id, { currentVersionId: made.id }),
          recognition().deleteVersion(company, made.id),
        ])
      }
      const work = Array.from({ length: 6 }, () => [busy(kept), busy(gone)]).flat()
      await Promise.all([...work, recognition().deleteSpec(company, gone.id)])
      expect(await currentOf(kept.id)).toBeNull()
      expect(await recognition().listVersions(company, null, all)).toEqual({ count: 0, versions: [] })
    })

    it('need a spec and a network', async () => {
      const { id } = await spec()
      const { id: networkId } = await network()
      const create = (specId: number, networkId: number) =>
        recognition().createVersion(company, { specId, networkId, postProcessings })
      expect(await create(id + 1, networkId)).toBeNull()
      expect(await create(id, networkId + 1)).toBeNull()
      expect(await create(2 ** 40, networkId)).toBeNull()
      expect(await create(id, 0.5)).toBeNull()
      expect(await currentOf(id)).toBeNull()
    })
  })

  describe('recognition networks', () => {
    it('stand for one model for ever, whoever asks first', async () => {
      const asked = await Promise.all([
        recognition().networks(company, ['a', 'b']),
        subject.another().recognition.networks(company, ['b', 'a']),
        recognition().networks(company, ['c', 'a', 'c']),
      ])
      const ids = Object.fromEntries(asked.flat().map(({ name, id }) => [name, id]))
      expect(new Set(Object.values(ids)).size).toBe(3)
      expect(asked.map((networks) => networks.map(({ id }) => id))).toEqual([
        [ids.a, ids.b],
        [ids.b, ids.a],
        [ids.c, ids.a, ids.c],
      ])
      expect(await recognition().networks(company, ['a'])).toEqual(asked[0].slice(0, 1))
      expect(await recognition().networks(company, [])).toEqual([])
    })

    it('are each company’s own', async () => {
      const [own, theirs] = [await network(), await network('m', foreignCompany)]
      expect(own.id).not.toBe(theirs.id)
      const { id } = await spec()
      expect(
        await recognition().createVersion(company, { specId: id, networkId: theirs.id, postProcessings }),
      ).toBeNull()
    })
  })

  it('specs and versions of another company are absent', async () => {
    const { id } = await spec()
    const own = await version(id)
    const theirs = recognition()
    expect(await theirs.findSpec(foreignCompany, id)).toBeNull()
    expect(await theirs.changeSpec(foreignCompany, id, { name: 'x' })).toBeNull()
    expect(await theirs.deleteSpec(foreignCompany, id)).toBe(false)
    expect(await theirs.listSpecs(foreignCompany, all)).toEqual({ count: 0, specs: [] })
    expect(await theirs.findVersion(foreignCompany, own.id)).toBeNull()
    expect(await theirs.deleteVersion(foreignCompany, own.id)).toBe(false)
    expect(await theirs.listVersions(foreignCompany, null, all)).toEqual({ count: 0, versions: [] })
    expect(await theirs.listVersions(foreignCompany, id, all)).toEqual({ count: 0, versions: [] })
    const { id: networkId } = await network('m', foreignCompany)
    expect(await theirs.createVersion(foreignCompany, { specId: id, networkId, postProcessings })).toBeNull()
    expect(await currentOf(id)).toBe(own.id)
  })

  it('ids that no row can have are absent', async () => {
    for (const id of [0, -1, 1.5, 2 ** 31, Number.NaN]) {
      expect(await recognition().findSpec(company, id)).toBeNull()
      expect(await recognition().changeSpec(company, id, {})).toBeNull()
      expect(await recognition().deleteSpec(company, id)).toBe(false)
      expect(await recognition().findVersion(company, id)).toBeNull()
      expect(await recognition().deleteVersion(company, id)).toBe(false)
      expect(await recognition().listVersions(company, id, all)).toEqual({ count: 0, versions: [] })
    }
  })
}
