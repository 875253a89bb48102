import type { Document } from '../task-details.ts'

/** What a company recognises in images: labels, and which version of it runs. Ids are small whole numbers. */
export interface RecognitionSpec {
  id: number
  company: string
  name: string
  description: string
  metadata: Document
  /** As the dialect that writes them says. */
  outputs: readonly Document[]
  currentVersionId: number | null
  createdAt: Date
  updatedAt: Date
}

/** A model with thresholds for a spec's labels; it never changes. */
export interface RecognitionVersion {
  id: number
  company: string
  specId: number
  specName: string
  networkId: number
  /** The name of the model. */
  networkName: string
  postProcessings: readonly Document[]
  createdAt: Date
}

/** As lists have them: without what may be as long as a model has labels. */
export type SpecSummary = Omit<RecognitionSpec, 'outputs'>
export type VersionSummary = Omit<RecognitionVersion, 'postProcessings'>

/** A model that versions can be made of. */
export interface RecognitionNetwork {
  id: number
  name: string
  /** When it was first asked for. */
  createdAt: Date
}

export interface Slice {
  offset: number
  limit: number
}

/** Own specs and versions. A foreign one is as absent as an unknown one. Lists are by id. */
export interface RecognitionStore {
  listSpecs(company: string, slice: Slice): Promise<{ count: number; specs: readonly SpecSummary[] }>
  findSpec(company: string, id: number): Promise<RecognitionSpec | null>
  createSpec(
    company: string,
    spec: Pick<RecognitionSpec, 'name' | 'description' | 'metadata' | 'outputs'>,
  ): Promise<RecognitionSpec>
  /** Null: no such spec, or the version that is to be the current one is none of it. */
  changeSpec(
    company: string,
    id: number,
    changes: Partial<Pick<RecognitionSpec, 'name' | 'description' | 'metadata' | 'currentVersionId'>>,
  ): Promise<RecognitionSpec | null>
  /** Its versions go with it. False: no such spec. */
  deleteSpec(company: string, id: number): Promise<boolean>
  /** Of one spec, or of all. */
  listVersions(
    company: string,
    specId: number | null,
    slice: Slice,
  ): Promise<{ count: number; versions: readonly VersionSummary[] }>
  findVersion(company: string, id: number): Promise<RecognitionVersion | null>
  /** The first version of a spec becomes its current one. Null: no such spec or network. */
  createVersion(
    company: string,
    version: Pick<RecognitionVersion, 'specId' | 'networkId' | 'postProcessings'>,
  ): Promise<RecognitionVersion | null>
  /** A spec of which it was the current one has none then. False: no such version. */
  deleteVersion(company: string, id: number): Promise<boolean>

  /** What stands for these models, always the same; made when it is first asked for. In the order of the names. */
  networks(company: string, models: readonly string[]): Promise<readonly RecognitionNetwork[]>
}
