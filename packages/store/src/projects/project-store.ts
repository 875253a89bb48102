import type { ProjectStore } from '@inferq/domain'
import { sql } from 'kysely'
import { projectSearcher } from '../search/search-others.ts'
import type { Db } from '../server/server.ts'
import { inOrder, isId } from '../sql-text.ts'
import { countModels, countTasks, listProjectsOfTasks } from './count-contents.ts'
import { deleteProject } from './delete-project.ts'
import { storedPath } from './project-paths.ts'
import { projectColumns, projectOf } from './project-row.ts'
import { withDescendants } from './project-tree.ts'
import { changeProject, createProject, ensureProject } from './write-projects.ts'

export const createProjectStore = (db: Db): ProjectStore => ({
  searchProjects: projectSearcher(db),
  createProject: (owner, project) => createProject(db, owner, project),
  ensureProject: (owner, name) => ensureProject(db, owner, name),
  changeProject: (company, id, changes) => changeProject(db, company, id, changes),
  deleteProject: (company, id, options) => deleteProject(db, company, id, options),
  withDescendants: (company, ids) => withDescendants(db, company, ids),

  async findProjects(company, ids) {
    const wanted = ids.filter(isId)
    if (wanted.length === 0) return []
    const rows = await db
      .selectFrom('projects')
      .select(projectColumns)
      .where('company', 'in', [company, ''])
      .where('id', 'in', wanted)
      .execute()
    return inOrder(wanted, rows.map(projectOf))
  },

  async findProjectByName(company, name) {
    const row = await db
      .selectFrom('projects')
      .select(projectColumns)
      .where('company', 'in', [company, ''])
      .where('name', '=', storedPath(name))
      // One's own before a public one.
      .orderBy('company', 'desc')
      .executeTakeFirst()
    return row ? projectOf(row) : null
  },

  async touchProject(id) {
    if (!isId(id)) return
    await db.updateTable('projects').set({ updated_at: sql<Date>`now()` }).where('id', '=', id).execute()
  },

  countTasks: (company, projects, where) => countTasks(db, company, projects, where),
  countModels: (company, projects) => countModels(db, company, projects),
  listProjectsOfTasks: (company, where) => listProjectsOfTasks(db, company, where),
})
