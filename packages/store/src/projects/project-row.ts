import type { Project } from '@inferq/domain'
import type { Selection } from 'kysely'
import { idOf } from '../sql-text.ts'
import type { Tables } from '../tables.ts'

export const projectColumns = [
  'projects.id',
  'projects.company',
  'projects.user_id',
  'projects.name',
  'projects.description',
  'projects.tags',
  'projects.system_tags',
  'projects.default_output_destination',
  'projects.parent',
  'projects.created_at',
  'projects.updated_at',
] as const

export type ProjectRow = Selection<Tables, 'projects', (typeof projectColumns)[number]>

export const projectOf = (row: ProjectRow): Project => ({
  id: idOf(row.id),
  company: row.company,
  user: row.user_id,
  name: row.name,
  description: row.description,
  tags: row.tags,
  systemTags: row.system_tags,
  defaultOutputDestination: row.default_output_destination,
  parent: row.parent === null ? null : idOf(row.parent),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})
