import type { DetailedTask, Model, Project, QueueRecord, User } from '@inferq/domain'
import type { Call } from '../call.ts'
import type { Selection } from '../query/selection.ts'
import type { FieldWriters, WireDocument } from './fields.ts'
import { companyFields, modelFields, projectFields, queueFields, userFields } from './referenced-fields.ts'
import { writeFields } from './select.ts'
import { taskDocuments } from './task-document.ts'

export type Kind = 'company' | 'user' | 'project' | 'task' | 'queue' | 'model'

interface RecordTypes {
  company: { id: string; name: string }
  user: User
  project: Project
  task: DetailedTask
  queue: QueueRecord
  model: Model
}

interface KindRules<Stored extends { id: string }> {
  /** The fields of its document that hold ids of other things. */
  references: readonly { path: readonly string[]; to: Kind }[]
  /** Those of these ids that the caller can see. */
  find(call: Call, ids: readonly string[]): Promise<readonly Stored[]>
  /** Their documents with plain ids in them, and always their own. */
  write(call: Call, records: readonly Stored[], selection: Selection): Promise<WireDocument[]>
}

const reference = (path: string, to = path as Kind) => ({ path: path.split('.'), to })

const owned = [reference('company'), reference('user')]

const writer =
  <Stored>(fields: FieldWriters<[Stored]>) =>
  async (_: Call, records: readonly Stored[], selection: Selection) =>
    records.map((record) => writeFields(fields, selection, record))

const rules: { [Name in Kind]: KindRules<RecordTypes[Name]> } = {
  company: {
    references: [],
    find: async ({ identity }, ids) =>
      ids.includes(identity.company) ? [{ id: identity.company, name: identity.companyName }] : [],
    write: writer(companyFields),
  },
  user: {
    references: [reference('company')],
    find: ({ services, identity }, ids) => services.users.findUsers(identity.company, ids),
    write: writer(userFields),
  },
  project: {
    references: [...owned, reference('parent', 'project')],
    find: ({ services, identity }, ids) => services.projects.findProjects(identity.company, ids),
    write: writer(projectFields),
  },
  task: {
    references: [
      ...owned,
      reference('parent', 'task'),
      reference('project'),
      reference('execution.queue', 'queue'),
      reference('models.input.model', 'model'),
      reference('models.output.model', 'model'),
    ],
    find: ({ services, identity }, ids) => services.tasks.findDetailed(identity.company, ids, 'visible'),
    write: taskDocuments,
  },
  queue: {
    references: [reference('company')],
    find: ({ services, identity }, ids) => services.queues.findQueuesById(identity.company, ids),
    write: writer(queueFields),
  },
  model: {
    references: [...owned, reference('parent', 'model'), reference('task'), reference('project')],
    find: ({ services, identity }, ids) => services.models.findModels(identity.company, ids),
    write: writer(modelFields),
  },
}

/** How each kind of thing is found and written, and what it refers to itself. */
export const kinds = rules as { [Name in Kind]: KindRules<RecordTypes[Kind]> }
