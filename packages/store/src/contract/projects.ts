import type { Condition } from '@inferq/domain'
import type { Updateable } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { Tables } from '../tables.ts'
import { company, foreignCompany, insertOne, nextId, type Suite } from './subject.ts'

const owner = { company, user: 'user' }
const unknownId = 'f'.repeat(32)
/** Nothing that compresses. */
const randomUnicode = (length: number) =>
  String.fromCharCode(...Array.from({ length }, () => 0x4e00 + Math.floor(Math.random() * 0x5000)))

export const projectsSuite: Suite = (subject) => {
  const projects = () => subject.store.projects
  const named = async (name: string) => (await projects().findProjectByName(company, name))?.id ?? ''
  const rejects = (work: Promise<unknown>, code: string) => expect(work).rejects.toMatchObject({ code })

  const taskIn = async (project: string, changes: Updateable<Tables['tasks']> = {}) => {
    const task = await insertOne(subject.store)
    await subject.db
      .updateTable('tasks')
      .set({ project, ...changes })
      .where('id', '=', task.id)
      .execute()
    return task.id
  }
  const projectOf = (id: string) =>
    subject.db.selectFrom('tasks').select('project').where('id', '=', id).executeTakeFirstOrThrow()

  describe('createProject', () => {
    it('makes the project and every parent that its path names and nobody made', async () => {
      const top = await projects().createProject(owner, { name: 'vision' })
      const given = { description: 'd', tags: ['a'], systemTags: ['hidden'], defaultOutputDestination: 's3://x' }
      const leaf = await projects().createProject(owner, { name: ' vision / faces //eyes ', ...given })
      expect(leaf).toMatchObject({ ...given, ...owner, name: 'vision/faces/eyes' })
      expect(leaf.id).toMatch(/^[0-9a-f]{32}$/)
      const middle = await projects().findProjectByName(company, 'vision/faces')
      expect(middle).toMatchObject({ parent: top.id, user: 'user', description: '', tags: [], systemTags: [] })
      expect(leaf.parent).toBe(middle?.id)
      expect(top.parent).toBeNull()
      expect(await projects().findProjects(company, [leaf.id, unknownId, 'x', top.id])).toEqual([leaf, top])
    })

    it('refuses a name that the company has, an empty and an endless one', async () => {
      await projects().createProject(owner, { name: 'a/b' })
      for (const name of ['a', 'a/b', ' a / b/']) await rejects(projects().createProject(owner, { name }), 'NAME_TAKEN')
      for (const name of [' / ', '€'.repeat(501)]) {
        await rejects(projects().createProject(owner, { name }), 'REQUEST_INVALID')
      }
      await projects().createProject(owner, { name: randomUnicode(500) })
      await projects().createProject({ ...owner, company: foreignCompany }, { name: 'a/b' })
    })
  })

  describe('ensureProject', () => {
    it('gives everyone who asks at once the same project and the same parents', async () => {
      const stores = [subject.store, subject.another(), subject.another(), subject.another()]
      const made = await Promise.all(
        stores.map((store, place) => store.projects.ensureProject(owner, place % 2 ? 'a/b/c' : 'a/b')),
      )
      expect(new Set(made.map(({ id }) => id)).size).toBe(2)
      expect(await subject.db.selectFrom('projects').select('name').orderBy('name').execute()).toEqual(
        ['a', 'a/b', 'a/b/c'].map((name) => ({ name })),
      )
    })
  })

  describe('what a company sees', () => {
    it('is its own and what is public, its own first', async () => {
      const foreign = await projects().ensureProject({ company: foreignCompany, user: 'user' }, 'a')
      const shared = await projects().ensureProject({ company: '', user: 'user' }, 'a')
      expect(await projects().findProjectByName(company, 'a')).toEqual(shared)
      const own = await projects().ensureProject(owner, 'a')
      expect(await projects().findProjectByName(company, 'a')).toEqual(own)
      expect(await projects().findProjectByName(company, '/')).toBeNull()
      expect(await projects().findProjects(company, [foreign.id, shared.id, own.id])).toEqual([shared, own])
      expect(await projects().changeProject(company, shared.id, { description: 'x' })).toBeNull()
      expect(await projects().deleteProject(company, foreign.id, { force: true })).toBeNull()
    })
  })

  describe('changeProject', () => {
    it('changes what is named, and says when', async () => {
      const project = await projects().createProject(owner, { name: 'a', tags: ['t'] })
      const changes = { description: 'new\0', defaultOutputDestination: 'x', systemTags: ['s'] }
      const changed = await projects().changeProject(company, project.id, changes)
      expect(changed).toMatchObject({ ...project, ...changes, description: 'new\ufffd', updatedAt: expect.any(Date) })
      expect(changed?.updatedAt.getTime()).toBeGreaterThanOrEqual(project.updatedAt.getTime())
      expect(await projects().findProjects(company, [project.id])).toEqual([changed])
      expect(await projects().changeProject(company, unknownId, changes)).toBeNull()
      expect(await projects().changeProject(company, 'a', changes)).toBeNull()
    })

    it('carries the descendants along with a new name, and no neighbour that begins with the old one', async () => {
      for (const name of ['a/b/c_%', 'a/bc', 'a/b/d']) await projects().ensureProject(owner, name)
      const id = await named('a/b')
      expect(await projects().changeProject(company, id, { name: 'x/y' })).toMatchObject({ id, name: 'x/y' })
      const rows = await subject.db.selectFrom('projects').select('name').orderBy('name').execute()
      expect(rows.map(({ name }) => name).sort()).toEqual(['a', 'a/bc', 'x', 'x/y', 'x/y/c_%', 'x/y/d'])
      expect(await projects().findProjectByName(company, 'x/y')).toMatchObject({ parent: await named('x') })
      expect(await projects().findProjectByName(company, 'x/y/d')).toMatchObject({ parent: id })
    })

    it('refuses a name that is taken, and a place below itself', async () => {
      await projects().ensureProject(owner, 'a/b')
      const id = await named('a')
      await projects().ensureProject(owner, 'c')
      await rejects(projects().changeProject(company, id, { name: 'c' }), 'NAME_TAKEN')
      await rejects(projects().changeProject(company, id, { name: 'a/b/c' }), 'REQUEST_INVALID')
      expect(await projects().changeProject(company, id, { name: 'a' })).toMatchObject({ name: 'a' })
    })
  })

  describe('withDescendants', () => {
    it('names these projects and all below them, each once', async () => {
      for (const name of ['a/b/c', 'a/d', 'e/f']) await projects().ensureProject(owner, name)
      const ids = await Promise.all(['a', 'a/b', 'a/b/c', 'a/d'].map(named))
      expect(new Set(await projects().withDescendants(company, [ids[0] ?? '', ids[1] ?? '']))).toEqual(new Set(ids))
      expect(await projects().withDescendants(company, [])).toEqual([])
      expect(await projects().withDescendants(foreignCompany, [ids[0] ?? ''])).toEqual([ids[0]])
    })
  })

  describe('deleteProject', () => {
    it('refuses while unarchived tasks or models are in it or below it', async () => {
      const project = await projects().ensureProject(owner, 'a/b')
      const top = await named('a')
      const task = await taskIn(project.id)
      const inUse = { kind: 'in_use' }
      expect(await projects().deleteProject(company, top, { force: false })).toEqual(inUse)
      await subject.db
        .updateTable('tasks')
        .set({ system_tags: ['archived'] })
        .where('id', '=', task)
        .execute()
      const id = nextId()
      const model = { id, company, user_id: 'user', name: 'm', uri: 'u', project: project.id }
      await subject.db.insertInto('models').values(model).execute()
      expect(await projects().deleteProject(company, top, { force: false })).toEqual(inUse)
      await subject.db
        .updateTable('models')
        .set({ system_tags: ['archived'] })
        .execute()
      const deleted = { kind: 'deleted', projects: 2, disassociatedTasks: 1 }
      expect(await projects().deleteProject(company, top, { force: false })).toEqual(deleted)
      expect(await subject.db.selectFrom('models').select('project').execute()).toEqual([{ project: null }])
    })

    it('with force lets go of what is in it', async () => {
      const project = await projects().ensureProject(owner, 'a')
      const other = await projects().ensureProject(owner, 'b')
      const [task, kept] = [await taskIn(project.id), await taskIn(other.id)]
      const deleted = { kind: 'deleted', projects: 1, disassociatedTasks: 1 }
      expect(await projects().deleteProject(company, project.id, { force: true })).toEqual(deleted)
      expect(await projectOf(task)).toEqual({ project: null })
      expect((await projectOf(kept)).project).not.toBeNull()
      expect(await projects().deleteProject(company, project.id, { force: true })).toBeNull()
      expect(await projects().deleteProject(company, 'a', { force: true })).toBeNull()
    })
  })

  describe('what is in a project', () => {
    it('is counted by project and status, archived ones apart', async () => {
      const [a, b] = [await projects().ensureProject(owner, 'a'), await projects().ensureProject(owner, 'b')]
      const started = new Date(Date.now() - 90_000)
      await taskIn(a.id, { started_at: new Date(0) })
      await taskIn(a.id, { started_at: started, completed_at: new Date(started.getTime() + 60_500) })
      await taskIn(a.id, { status: 'completed', system_tags: ['archived', 'x'], completed_at: new Date(0) })
      await taskIn(b.id)
      const none = { runSeconds: 0, completedLastDay: 0, lastStartedAt: null }
      const ran = { runSeconds: 60.5, completedLastDay: 1, lastStartedAt: started }
      expect(await projects().countTasks(company, [a.id, 'x'], null)).toEqual([
        { project: a.id, status: 'completed', archived: true, count: 1, ...none },
        { project: a.id, status: 'queued', archived: false, count: 2, ...ran },
      ])
      expect(await projects().countTasks(foreignCompany, [a.id], null)).toEqual([])
      expect(await projects().countTasks(company, [], null)).toEqual([])
    })

    it('is counted only where it fits a condition', async () => {
      const [a, b] = [await projects().ensureProject(owner, 'a'), await projects().ensureProject(owner, 'b')]
      await taskIn(a.id, { status: 'completed' })
      await taskIn(a.id)
      await taskIn(b.id)
      const where: Condition = { kind: 'any_of', field: ['status'], values: ['completed'] }
      expect(await projects().countTasks(company, [a.id, b.id], where)).toMatchObject([{ project: a.id, count: 1 }])
      expect(await projects().listProjectsOfTasks(company, where)).toEqual([a.id])
      expect(new Set(await projects().listProjectsOfTasks(company, null))).toEqual(new Set([a.id, b.id]))
      expect(await projects().listProjectsOfTasks(foreignCompany, null)).toEqual([])
    })

    it('is models too', async () => {
      const { id } = await projects().ensureProject(owner, 'a')
      for (const system_tags of [['archived'], [], []]) {
        const model = { id: nextId(), company, user_id: 'user', name: 'm', uri: 'u', project: id, system_tags }
        await subject.db.insertInto('models').values(model).execute()
      }
      expect(await projects().countModels(company, [id, 'x'])).toEqual([
        { project: id, archived: false, count: 2 },
        { project: id, archived: true, count: 1 },
      ])
      expect(await projects().countModels(foreignCompany, [id])).toEqual([])
    })
  })

  describe('touchProject', () => {
    it('marks a project as used now, and does nothing for an unknown one', async () => {
      const { id } = await projects().ensureProject(owner, 'a')
      await subject.db
        .updateTable('projects')
        .set({ updated_at: new Date(0) })
        .execute()
      await projects().touchProject(id)
      await projects().touchProject('x')
      const [project] = await projects().findProjects(company, [id])
      expect(project?.updatedAt.getTime()).toBeGreaterThan(0)
    })
  })
}
