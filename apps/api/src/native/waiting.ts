import type { WaitReason } from '@inferq/contracts'

/** Where a task stands and what it waits for. */
export interface Waiting {
  /** How many are served before it; null: it is not in line. */
  position: number | null
  waits_for: WaitReason | null
}
