import type { FileFacts } from '@inferq/domain'
import type { FastifyRequest } from 'fastify'

type Conditions = FastifyRequest['headers']

/** A file is replaced as a whole, so its size and the moment say which one it is. */
export const etagOf = ({ size, modifiedAt }: FileFacts): string =>
  `"${size.toString(16)}-${modifiedAt.getTime().toString(16)}"`

export const isSameVersion = (one: FileFacts, other: FileFacts): boolean => etagOf(one) === etagOf(other)

/** Whether the caller has this very file already. The tag counts before the time. */
export function isKnown(headers: Conditions, facts: FileFacts): boolean {
  const tags = headers['if-none-match']
  if (tags !== undefined) return tags.trim() === '*' || tags.split(',').some((tag) => strong(tag) === etagOf(facts))
  const since = Date.parse(headers['if-modified-since'] ?? '')
  return !Number.isNaN(since) && seconds(facts.modifiedAt.getTime()) <= seconds(since)
}

/** Whether a range may be answered: the caller, if they say of which file they have the rest, have it of this one. */
export function isRangeOf(headers: Conditions, facts: FileFacts): boolean {
  const condition = headers['if-range']
  if (typeof condition !== 'string') return true
  return condition.startsWith('"') ? condition === etagOf(facts) : Date.parse(condition) === floorToSecond(facts)
}

const strong = (tag: string) => tag.trim().replace(/^W\//, '')
const seconds = (ms: number) => Math.floor(ms / 1_000)
const floorToSecond = ({ modifiedAt }: FileFacts) => seconds(modifiedAt.getTime()) * 1_000
