import { DomainError } from '../errors.ts'
import type { LineCounts, Ports, QueueRef } from '../ports.ts'

/** Seconds after which a producer that met a full queue is asked to try again. */
const retryAfterSeconds = 5

/**
 * Looks once at the queues that a batch is for, then hands out their free places one by one. While Redis is away
 * everything is let in: the record takes it, and the reconciler delivers it later.
 */
export async function roomIn({ line, limits }: Ports, wanted: readonly QueueRef[]) {
  const refs = [
    ...new Map(wanted.map(({ company, queue }) => [keyOf({ company, queue }), { company, queue }])).values(),
  ]
  const counts = await line.counts(refs).catch((): LineCounts[] | null => null)
  const free = new Map(
    refs.map((ref, index) => {
      const count = counts?.[index]
      return [keyOf(ref), count ? limits.queueCapacity - count.waiting - count.delayed : Number.POSITIVE_INFINITY]
    }),
  )
  return {
    /** Takes one place; the error to answer with when there is none. */
    take(ref: QueueRef): DomainError | undefined {
      const left = free.get(keyOf(ref)) ?? 0
      if (left <= 0) return queueFull(ref.queue, limits.queueCapacity)
      free.set(keyOf(ref), left - 1)
      return undefined
    },
  }
}

export const queueFull = (queue: string, capacity: number) =>
  new DomainError('QUEUE_FULL', `queue "${queue}" is full: ${capacity} tasks wait in it`, { retryAfterSeconds })

const keyOf = ({ company, queue }: QueueRef) => `${company}/${queue}`
