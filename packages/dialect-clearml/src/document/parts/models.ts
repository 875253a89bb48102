import type { DetailedTask } from '@inferq/domain'
import type { TaskModelItem } from '../schemas.ts'

export interface ModelsPart {
  input: readonly TaskModelItem[]
  output: readonly TaskModelItem[]
}

export const modelsOf = ({ models }: Pick<DetailedTask, 'models'>): ModelsPart => ({
  input: [],
  output: [],
  ...(models as Partial<ModelsPart> | null),
})
