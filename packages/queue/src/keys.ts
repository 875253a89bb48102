import type { ImageModelDescription } from '@inferq/contracts'
import type { QueueRef } from '@inferq/domain'

/**
 * Every Redis key and channel there is. What one command or script touches together shares one pair of braces, so it
 * lies in one slot and Redis Cluster works without a change.
 */

/** BullMQ puts this, a colon and the queue's name before each of its keys. */
export const bullPrefix = 'inferq'

/** The BullMQ queue of jobs that native workers run. Its name is in braces: one slot per queue. */
export const lineName = ({ company, queue }: QueueRef) => `{${company}/jobs/${escaped(queue)}}`

/** BullMQ's own key: `wait`, `prioritized`, `active`, `delayed`, or a job by its id. */
export const lineKey = (ref: QueueRef, part: string) => `${bullPrefix}:${lineName(ref)}:${part}`

/** Set when a stop was asked for; the worker that holds the job looks at it when the hint was lost. */
export const stopFlagKey = (ref: QueueRef, jobId: string) => `inferq:${lineName(ref)}:stop:${jobId}`

/** Hints that a stop flag was set. Message: the job's id. */
export const stopChannel = 'inferq:stops'

/** What workers reported and no recorder has recorded yet; recorded entries are deleted. */
export const outcomesKey = 'inferq:{outcomes}'
export const recorderGroup = 'recorder'

/** Hints that tasks were recorded. Message: JSON array of task ids. */
export const recordedChannel = 'inferq:recorded'

/** Sorted set of the company's worker ids by when they last reported. */
export const workersKey = (company: string) => `inferq:{workers/${company}}`
/** A worker's last report; expires when no other follows. */
export const workerReportKey = (company: string, workerId: string) => `inferq:{workers/${company}}:${workerId}`

/** Members of `imageModelsKey`, which so sort by name, and the last part of a model's own key. */
export const imageModelMember = ({ name, job }: Pick<ImageModelDescription, 'name' | 'job'>) =>
  `${escaped(name)}/${job}`
/** Set of the models that the company's workers have for images, as `imageModelMember`. */
export const imageModelsKey = (company: string) => `inferq:{image-models/${company}}`
/** What was last said of a model; expires days after that. */
export const imageModelKey = (company: string, member: string) => `inferq:{image-models/${company}}:${member}`

/** Members of `agentsKey`, and the last part of an agent's own key. */
export const agentMember = (user: string, agent: string) => `${escaped(user)}/${escaped(agent)}`
/** Set of the company's agents, as `agentMember`. */
export const agentsKey = (company: string) => `inferq:{agents/${company}}`
/** An agent as it registered and last reported; expires by its own timeout. */
export const agentKey = (company: string, member: string) => `inferq:{agents/${company}}:${member}`

/** Hash `<queue>\n<started|finished>` to count, for one minute. */
export const rateKey = (company: string, minute: number) => `inferq:{rates/${company}}:${minute}`

/** Who sweeps now, and how far the sweep of queued tasks has come. Both are lost with Redis, which restarts the sweep. */
export const sweepLeaseKey = 'inferq:{sweep}:lease'
export const sweepMarkKey = 'inferq:{sweep}:mark'

/** There while the figures of this interval have been taken. */
export const sampleTurnKey = 'inferq:{samples}:turn'

/**
 * A name that people may choose freely, as a part of a key: BullMQ refuses a colon, braces would move the slot, a slash
 * would look like the next part. Everything that plain names are made of stays as it is.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is escaped.
const escaped = (name: string) => name.replace(/[%:{}/\x00-\x1f\x7f]/g, (char) => encodeURIComponent(char))
