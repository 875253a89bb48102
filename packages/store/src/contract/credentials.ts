import { defaultCompanyId } from '@inferq/contracts'
import { describe, expect, it } from 'vitest'
import { foreignCompany, insertOne, type Suite } from './subject.ts'

export const credentialsSuite: Suite = (subject) => {
  const company = defaultCompanyId

  describe('bootstrap', () => {
    it('makes the first credential and the default queue, and does so once', async () => {
      const pair = await subject.store.credentials.bootstrap({})
      expect(pair?.accessKey).toMatch(/^[A-Z0-9]{20}$/)
      expect(pair?.secretKey).toMatch(/^[A-Za-z0-9_-]{40,}$/)
      const found = await subject.store.credentials.findBySecret(pair?.secretKey ?? '')
      expect(found).toMatchObject({ accessKey: pair?.accessKey, company, revokedAt: null })
      expect(await subject.store.queues.listQueues(company)).toMatchObject([{ name: 'default', isDefault: true }])
      expect(await subject.store.users.listUsers(company)).toMatchObject([{ id: found?.user, role: 'admin' }])
      expect(await subject.store.credentials.bootstrap({})).toBeNull()
      expect(await subject.store.credentials.listCredentials(company)).toEqual([found])
    })

    it('makes one credential when several processes start at once', async () => {
      const stores = [subject.store, subject.another(), subject.another(), subject.another()]
      const pairs = await Promise.all(stores.map((store) => store.credentials.bootstrap({})))
      expect(pairs.filter((pair) => pair !== null)).toHaveLength(1)
      expect(await subject.store.credentials.listCredentials(company)).toHaveLength(1)
    })

    it('takes the queue that is there already as the default one', async () => {
      await insertOne(subject.store, { company, queue: 'default' })
      await subject.store.credentials.bootstrap({})
      expect(await subject.store.queues.listQueues(company)).toMatchObject([{ name: 'default', isDefault: true }])
    })

    it('makes the pair work that the operator gives, on a new database and on one that has credentials', async () => {
      const given = { accessKey: 'OPERATOR', secretKey: 'a secret of the operator' }
      const { bootstrap, findBySecret, revokeCredential } = subject.store.credentials
      expect(await bootstrap(given)).toEqual(given)
      expect(await bootstrap(given)).toBeNull()
      await revokeCredential(company, 'OPERATOR')
      const changed = [
        { ...given, secretKey: 'a new secret' },
        { accessKey: 'RENAMED', secretKey: 'a new secret' },
        { accessKey: 'SECOND', secretKey: 'a second secret' },
      ]
      for (const pair of changed) {
        expect(await bootstrap(pair)).toBeNull()
        expect(await findBySecret(pair.secretKey)).toMatchObject({ accessKey: pair.accessKey, company })
      }
      expect(await findBySecret(given.secretKey)).toBeNull()
    })
  })

  describe('a credential', () => {
    it('is found by its secret until it is revoked, which only its own company can do', async () => {
      await subject.store.credentials.bootstrap({})
      const [first] = await subject.store.credentials.listCredentials(company)
      const owner = { company, user: first?.user ?? '' }
      const { secretKey, ...credential } = await subject.store.credentials.createCredential(owner, 'for ci')
      expect(await subject.store.credentials.findBySecret(secretKey)).toEqual(credential)
      expect(await subject.store.credentials.listCredentials(foreignCompany)).toEqual([])
      const { revokeCredential } = subject.store.credentials
      expect(await revokeCredential(foreignCompany, credential.accessKey)).toBeNull()
      expect(await subject.store.credentials.findBySecret(secretKey)).not.toBeNull()
      expect((await revokeCredential(company, credential.accessKey))?.revokedAt).toBeInstanceOf(Date)
      expect(await subject.store.credentials.findBySecret(secretKey)).toBeNull()
      expect(await revokeCredential(company, credential.accessKey)).toBeNull()
      expect(await revokeCredential(company, 'UNKNOWN\0')).toBeNull()
    })

    it('is found by its keys, both of them, and by its access key alone, until it is revoked', async () => {
      const pair = await subject.store.credentials.bootstrap({})
      const { accessKey, secretKey } = pair ?? { accessKey: '', secretKey: '' }
      const { findByKeys, findByAccessKey, revokeCredential } = subject.store.credentials
      expect(await findByKeys(accessKey, secretKey)).toMatchObject({ accessKey, company })
      expect(await findByAccessKey(accessKey)).toMatchObject({ accessKey, company })
      expect(await findByKeys(accessKey, `${secretKey}x`)).toBeNull()
      expect(await findByKeys('UNKNOWN\0', secretKey)).toBeNull()
      expect(await findByAccessKey('UNKNOWN\0')).toBeNull()
      await revokeCredential(company, accessKey)
      expect(await findByKeys(accessKey, secretKey)).toBeNull()
      expect(await findByAccessKey(accessKey)).toBeNull()
    })

    it('is renamed by its own company, and remembers who used it last', async () => {
      const pair = await subject.store.credentials.bootstrap({})
      const accessKey = pair?.accessKey ?? ''
      const { findByAccessKey, noteUse, renameCredential, revokeCredential } = subject.store.credentials
      expect(await renameCredential(company, accessKey, 'for ci')).toMatchObject({ name: 'for ci', lastUsedAt: null })
      expect(await renameCredential(foreignCompany, accessKey, 'x')).toBeNull()
      await noteUse(accessKey, 'host-1\0')
      await noteUse('UNKNOWN\0', 'host-1')
      const used = { name: 'for ci', lastUsedAt: expect.any(Date), lastUsedFrom: 'host-1\ufffd' }
      expect(await findByAccessKey(accessKey)).toMatchObject(used)
      await revokeCredential(company, accessKey)
      expect(await renameCredential(company, accessKey, 'x')).toBeNull()
    })

    it('leaves no trace of its secret in the database', async () => {
      const pair = await subject.store.credentials.bootstrap({})
      const rows = await subject.db.selectFrom('credentials').selectAll().execute()
      expect(rows).toHaveLength(1)
      expect(JSON.stringify(rows)).not.toContain(pair?.secretKey)
    })
  })
}
