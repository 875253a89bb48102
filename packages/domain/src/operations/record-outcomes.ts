import type { Outcome } from '@inferq/contracts'
import { foldOutcomes } from '../fold-outcomes.ts'
import type { Ports, RecordedOutcome } from '../ports.ts'

/**
 * Records what workers reported, each run at most once. What is late, double or of a run that moved on is dropped.
 * Returns what was recorded, for those who wait for it.
 */
export const recordOutcomes = (
  { tasks }: Pick<Ports, 'tasks'>,
  outcomes: readonly Outcome[],
): Promise<readonly RecordedOutcome[]> => tasks.recordOutcomes(foldOutcomes(outcomes))
