import type { DetailedTask, Document } from '@inferq/domain'

export const runtimeOf = ({ runtime }: Pick<DetailedTask, 'runtime'>): Document => runtime ?? {}
