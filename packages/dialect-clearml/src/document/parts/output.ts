import type { DetailedTask } from '@inferq/domain'
import type { Output } from '../schemas.ts'

export type OutputPart = Omit<Output, 'model'>

export const outputOf = ({ output }: Pick<DetailedTask, 'output'>): OutputPart => (output ?? {}) as OutputPart
