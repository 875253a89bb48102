import { DomainError } from '@inferq/domain'

/**
 * Wraps every method of a repository, so that nothing but a DomainError comes out of the store, and what a caller's own
 * function threw.
 */
export function translateErrors<T extends object>(repository: T): T {
  const wrapped = Object.entries(repository).map(([name, method]) => [
    name,
    async (...args: unknown[]) => {
      try {
        return await method(...args)
      } catch (error) {
        throw error instanceof CallersError ? error.thrown : toDomainError(error)
      }
    },
  ])
  return Object.fromEntries(wrapped)
}

/** Carries what a caller's function threw through the store, to come out as it is. */
class CallersError extends Error {
  readonly thrown: unknown

  constructor(thrown: unknown) {
    super('thrown by a function that was given to the store')
    this.thrown = thrown
  }
}

export function runCallers<T>(work: () => T): T {
  try {
    return work()
  } catch (thrown) {
    throw new CallersError(thrown)
  }
}

export async function runCallersAsync<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (thrown) {
    throw new CallersError(thrown)
  }
}

/** A driver's own text may quote values and addresses: it goes in the cause, which only operators read. */
function toDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error
  return isUnreachable(error)
    ? new DomainError('STORE_UNREACHABLE', 'the database could not be reached', { cause: error })
    : new DomainError('INTERNAL', 'the database refused a statement', { cause: error })
}

/** SQLSTATE of an error that the server answered with. */
export const sqlState = (error: unknown): string | null => {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^(?:\d\w|F0|HV|P0|XX)\w{3}$/.test(code) ? code : null
}

export const foreignKeyViolation = '23503'

function isUnreachable(error: unknown): boolean {
  const state = sqlState(error)
  // No answer from a server at all: refused, reset, not found, timed out, closed.
  if (state === null) return !(error instanceof TypeError || error instanceof RangeError)
  return unreachableStates.some((prefix) => state.startsWith(prefix))
}

/**
 * Connection lost, wrong password, no such database, out of connections or memory, ended by an operator or a timeout,
 * lost a deadlock: another try may succeed once someone or time has put it right.
 */
const unreachableStates = ['08', '28', '3D', '53', '57', '40', '25P03', '58030']
