import { DomainError } from '@inferq/domain'

type Unreachable = DomainError & { code: 'FILES_UNREACHABLE' }

/** The place of the files is away or not well; the next try may succeed. */
export const unreachable = (cause: unknown): DomainError =>
  new DomainError('FILES_UNREACHABLE', 'the file store could not be reached', { cause })

export const isUnreachable = (error: unknown): error is Unreachable =>
  error instanceof DomainError && error.code === 'FILES_UNREACHABLE'
