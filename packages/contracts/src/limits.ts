/** An input up to this size rides in the job; a larger one goes to the file store and the job carries its key. */
export const inlineInputBytes = 64 * 1024
/** A result up to this size rides in the outcome; a larger one goes to the file store. */
export const inlineResultBytes = 64 * 1024

export const priorities = { first: 1, usual: 100, last: 1_000_000 } as const
export const maxAttempts = 25
/** Worker deaths during one run after which the task itself is taken to be the cause. */
export const maxCrashesPerRun = 3
export const maxTasksPerBatch = 1_000
/** The longest a request may be held open waiting for a task. */
export const maxWaitSeconds = 60
