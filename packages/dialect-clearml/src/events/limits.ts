/** The sizes that an event may have, in UTF-16 units of its texts. One that is larger is refused alone. */
export const eventLimits = {
  /** The SDK puts what a task prints within a second into one event, up to 1 Mi. */
  message: 2 * 1024 * 1024,
  /** As much as the SDK sends in one request. */
  plot: 15 * 1024 * 1024,
  /** Metrics, variants, levels, workers and labels of axes. */
  name: 1024,
  /** Addresses and keys of images. */
  address: 4096,
  vectorValues: 100_000,
} as const

/** Tasks and models that one batch may report about. */
export const maxSubjectsPerBatch = 1000

/** Pairs of metric and variant that a task or model itself shows; what came first stays. */
export const maxLastMetrics = 2000

/** Events that one answer holds at most, and the length of their texts after which it is complete. */
export const maxPage = 10_000
export const maxPageChars = 16 * 1024 * 1024

/** Points of all series that one histogram holds at most; many series are then drawn with fewer samples each. */
export const maxHistogramPoints = 1_000_000

/** Tasks that one question may be about. */
export const maxSubjectsPerQuestion = 500

/** Iterations of images that one answer holds. */
export const maxImageIterations = 1000
