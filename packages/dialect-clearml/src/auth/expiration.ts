import { optional, whole } from '../transport/fields.ts'

/** How long a token is good: 30 days unless asked otherwise, a year at most. */
export const expirationSeconds = { usual: 2_592_000, longest: 31_536_000 } as const

export const expirationField = optional(
  whole.refine(
    (seconds) => seconds >= 1 && seconds <= expirationSeconds.longest,
    `must be between 1 and ${expirationSeconds.longest} seconds`,
  ),
)
