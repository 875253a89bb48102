import type { Search } from '../search/search.ts'
import type { Document } from '../task-details.ts'

/** A model that tasks make and use: where its weights lie, and whether they may still change. */
export interface Model {
  id: string
  company: string
  user: string
  name: string
  uri: string
  framework: string | null
  /** The task that made it, or `__DELETED__` and the id that it was. */
  task: string | null
  /** The model that it was made from. */
  parent: string | null
  project: string | null
  /** Published: its weights stay as they are. */
  ready: boolean
  labels: Document
  design: Document
  tags: readonly string[]
  systemTags: readonly string[]
  comment: string
  /** Key to `{ key, type, value }`. */
  metadata: Document
  /** What a web page keeps with it. */
  uiCache: Document | null
  /** How far its own events have come. */
  lastIteration: number
  lastMetrics: Document | null
  createdAt: Date
  updatedAt: Date
}

export type NewModel = Omit<Model, 'uiCache' | 'lastIteration' | 'lastMetrics' | 'createdAt' | 'updatedAt'>
export type ModelChanges = Partial<Omit<Model, 'id' | 'company' | 'lastIteration' | 'lastMetrics' | 'updatedAt'>>

export interface ModelStore {
  searchModels(search: Search): Promise<readonly Model[]>
  /** Own and public ones, in the order of the ids; the others are left out. */
  findModels(company: string, ids: readonly string[]): Promise<readonly Model[]>
  createModel(model: NewModel): Promise<Model>
  /** Null: no such model of one's own. A function decides on the model as it is while nobody else changes it. */
  changeModel(
    company: string,
    id: string,
    changes: ModelChanges | ((model: Model) => ModelChanges),
  ): Promise<Model | null>
  /** Models whose task this is. */
  listModelsOfTask(company: string, task: string): Promise<readonly Model[]>
  /** Of these models, the ones that some task (other than `exceptTask`) names as input. */
  filterUsedAsInput(company: string, ids: readonly string[], exceptTask: string): Promise<ReadonlySet<string>>
  deleteModels(company: string, ids: readonly string[]): Promise<number>
}
