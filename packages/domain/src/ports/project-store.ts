import type { TaskStatus } from '@inferq/contracts'
import type { Condition, Search } from '../search/search.ts'

/** A folder for tasks. Its name is its whole path, with slashes. */
export interface Project {
  id: string
  /** Empty for a public one. */
  company: string
  user: string
  name: string
  description: string
  tags: readonly string[]
  systemTags: readonly string[]
  defaultOutputDestination: string | null
  /** The project that its path says. */
  parent: string | null
  createdAt: Date
  updatedAt: Date
}

export interface ProjectChanges {
  name?: string
  description?: string
  tags?: readonly string[]
  systemTags?: readonly string[]
  defaultOutputDestination?: string | null
}

export interface ProjectTaskCount {
  project: string
  status: TaskStatus
  archived: boolean
  count: number
  /** From their starts to their ends, all together. */
  runSeconds: number
  /** How many ended within the last 24 hours. */
  completedLastDay: number
  lastStartedAt: Date | null
}

export interface ProjectStore {
  searchProjects(search: Search): Promise<readonly Project[]>
  /** Own and public ones, in the order of the ids; the others are left out. */
  findProjects(company: string, ids: readonly string[]): Promise<readonly Project[]>
  findProjectByName(company: string, name: string): Promise<Project | null>
  /** Makes it, and every parent that its path names and nobody made. Rejects with NAME_TAKEN. */
  createProject(owner: { company: string; user: string }, project: ProjectChanges & { name: string }): Promise<Project>
  /** The project of that path, made now if there was none. */
  ensureProject(owner: { company: string; user: string }, name: string): Promise<Project>
  /** Null: no such project of one's own. A new name carries the descendants along. Rejects with NAME_TAKEN. */
  changeProject(company: string, id: string, changes: ProjectChanges): Promise<Project | null>
  /** These and all below them. */
  withDescendants(company: string, ids: readonly string[]): Promise<readonly string[]>
  /**
   * Deletes the project and all below it. Not while unarchived tasks or models are in one of them, unless `force`;
   * they then stay, in no project. Null: no such project.
   */
  deleteProject(
    company: string,
    id: string,
    options: { force: boolean },
  ): Promise<{ kind: 'deleted'; projects: number; disassociatedTasks: number } | { kind: 'in_use' } | null>
  /** Marks a project as used now. */
  touchProject(id: string): Promise<void>
  /** Tasks that fit, all of them when `where` is null, per project and status, archived ones apart. */
  countTasks(
    company: string,
    projects: readonly string[],
    where: Condition | null,
  ): Promise<readonly ProjectTaskCount[]>
  /** Models per project, archived ones apart. */
  countModels(
    company: string,
    projects: readonly string[],
  ): Promise<readonly { project: string; archived: boolean; count: number }[]>
  /** Projects with a task that fits. */
  listProjectsOfTasks(company: string, where: Condition | null): Promise<readonly string[]>
}
