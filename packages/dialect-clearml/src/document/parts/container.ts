import type { DetailedTask } from '@inferq/domain'
import type { Container } from '../schemas.ts'

export const containerOf = ({ container }: Pick<DetailedTask, 'container'>): Container => (container ?? {}) as Container
