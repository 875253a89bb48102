import { newTaskId } from '@inferq/domain'
import { describe, expect, it } from 'vitest'
import { creation, insertOne, type Suite } from './subject.ts'

export const usersSuite: Suite = (subject) => {
  const users = () => subject.store.users

  describe('createCompany', () => {
    it('makes a tenant with a default queue and nobody in it', async () => {
      const id = await users().createCompany('Acme')
      expect(id).toMatch(/^[0-9a-f]{32}$/)
      expect(await users().listUsers(id)).toEqual([])
      expect(await subject.store.queues.listQueues(id)).toMatchObject([{ name: 'default', isDefault: true }])
    })
  })

  describe('a user', () => {
    it('is found in its company, with the name of that', async () => {
      const [company, other] = [await users().createCompany('Acme'), await users().createCompany('Other')]
      const person = { name: 'Ada', role: 'admin', email: 'a@example.org', givenName: 'Ada', familyName: 'L.' } as const
      const ada = await users().createUser({ company, ...person })
      expect(ada).toMatchObject({ ...person, company, companyName: 'Acme', avatar: null })
      const bob = await users().createUser({ company, name: 'Bob', role: 'user' })
      const foreign = await users().createUser({ company: other, name: 'Ada', role: 'user' })
      expect(await users().findUser(ada?.id ?? '')).toEqual(ada)
      expect(await users().findUser('x\0')).toBeNull()
      const ids = [bob?.id ?? '', 'x\0', foreign?.id ?? '', ada?.id ?? '']
      expect(await users().findUsers(company, ids)).toEqual([bob, ada])
      expect(await users().findUsers(company, [])).toEqual([])
      expect((await users().listUsers(company)).map(({ name }) => name).sort()).toEqual(['Ada', 'Bob'])
    })

    it('has a name of its own in a company that exists, and no credential yet', async () => {
      const company = await users().createCompany('Acme')
      const user = { company, name: 'Ada', role: 'user' } as const
      await users().createUser(user)
      await expect(users().createUser(user)).rejects.toMatchObject({ code: 'NAME_TAKEN' })
      expect(await users().createUser({ ...user, company: 'x' })).toBeNull()
      expect(await subject.store.credentials.listCredentials(company)).toEqual([])
    })
  })

  describe('listActiveUsers', () => {
    it('answers who made a task, a model or a project, there or anywhere', async () => {
      const { tasks, models, projects } = subject.store
      const company = await users().createCompany('Acme')
      const name = async (name: string) => (await users().createUser({ company, name, role: 'user' }))?.id ?? ''
      const [owner, trainer, modeller, producer] = [await name('o'), await name('t'), await name('m'), await name('p')]
      await name('idle')
      const { id: project } = await projects.createProject({ company, user: owner }, { name: 'a' })
      const { id: other } = await projects.createProject({ company, user: owner }, { name: 'b' })
      await tasks.createTask(creation({ company, user: trainer, project }))
      await models.createModel({
        ...{ id: newTaskId(), company, user: modeller, name: 'm', uri: '', framework: null, task: null, parent: null },
        ...{
          project: other,
          ready: false,
          labels: {},
          design: {},
          tags: [],
          systemTags: [],
          comment: '',
          metadata: {},
        },
      })
      await insertOne(subject.store, { company, user: producer })
      expect(new Set(await users().listActiveUsers(company, null))).toEqual(
        new Set([owner, trainer, modeller, producer]),
      )
      expect(new Set(await users().listActiveUsers(company, [project, 'x']))).toEqual(new Set([owner, trainer]))
      expect(new Set(await users().listActiveUsers(company, [other]))).toEqual(new Set([owner, modeller]))
      expect(await users().listActiveUsers(company, [])).toEqual([])
    })
  })

  describe('the signing key', () => {
    it('is made once, long enough to be guessed by nobody, and the same for all who ask at once', async () => {
      const stores = [subject.store, subject.another(), subject.another(), subject.another()]
      const keys = await Promise.all(stores.map((store) => store.users.signingKey()))
      expect(keys[0]).toHaveLength(32)
      expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).toBe(1)
      expect(await users().signingKey()).toEqual(keys[0])
    })
  })

  describe('a session', () => {
    it('stays revoked until its last token would have ended', async () => {
      const later = new Date(Date.now() + 60_000)
      expect(await users().isSessionRevoked('s')).toBe(false)
      await users().revokeSession('s', later)
      await users().revokeSession('s', new Date(Date.now() + 1_000))
      expect(await users().isSessionRevoked('s')).toBe(true)
      expect(await users().isSessionRevoked('other\0')).toBe(false)
      await users().revokeSession('old', new Date(0))
      await users().revokeSession('new', later)
      expect(await subject.db.selectFrom('revoked_sessions').selectAll().orderBy('id').execute()).toEqual([
        { id: 'new', until: later },
        { id: 's', until: later },
      ])
    })
  })
}
