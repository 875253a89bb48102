import type { Asset } from '@inferq/domain'
import { describe, expect, it } from 'vitest'
import { company, foreignCompany, type Suite } from './subject.ts'

let made = 0

export const assetsSuite: Suite = (subject) => {
  const assets = () => subject.store.assets
  const insert = (changes: Partial<Asset> = {}) =>
    assets().insertAsset({
      ...{ id: (made++).toString(16).padStart(24, '0'), company, filename: 'a.mp4', contentType: 'video/mp4' },
      ...{ sizeBytes: 2 ** 33, at: { path: 'assets/1/a.mp4' } },
      ...changes,
    })

  describe('assets', () => {
    it('keep what they were made with: a file or an address', async () => {
      const file = await insert()
      expect(file).toMatchObject({ filename: 'a.mp4', sizeBytes: 2 ** 33, at: { path: 'assets/1/a.mp4' } })
      expect(file.createdAt).toBeInstanceOf(Date)
      const at = { url: 'https://media.example/a' }
      const address = await insert({ filename: null, contentType: null, sizeBytes: null, at })
      expect(address).toMatchObject({ filename: null, contentType: null, sizeBytes: null, at })
      for (const asset of [file, address]) expect(await assets().findAsset(company, asset.id)).toEqual(asset)
      expect((await insert({ filename: 'a\0\ud800' })).filename).toBe('a\ufffd\ufffd')
    })

    it('are their company’s alone, and gone once they are deleted', async () => {
      const asset = await insert()
      for (const [owner, id] of [
        [foreignCompany, asset.id],
        [company, 'none\0'],
      ] as const) {
        expect(await assets().findAsset(owner, id)).toBeNull()
        expect(await assets().deleteAsset(owner, id)).toBeNull()
      }
      expect(await assets().deleteAsset(company, asset.id)).toEqual(asset)
      expect(await assets().deleteAsset(company, asset.id)).toBeNull()
      expect(await assets().findAsset(company, asset.id)).toBeNull()
    })

    it('are listed page by page, the newest first, with the count of all', async () => {
      const all = [await insert(), await insert(), await insert()].toReversed()
      await insert({ company: foreignCompany })
      const list = (offset: number, limit: number) => assets().listAssets(company, { offset, limit })
      expect(await list(0, 2)).toEqual({ assets: all.slice(0, 2), total: 3 })
      expect(await list(2, 2)).toEqual({ assets: all.slice(2), total: 3 })
      expect(await list(4, 2)).toEqual({ assets: [], total: 3 })
    })
  })
}
