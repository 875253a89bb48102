import type { Task } from '@inferq/domain'

/** 24 lower-case hex digits: when the task was made, in seconds since 1970, and its number. */
export const wireId = ({ createdAt, number }: Pick<Task, 'createdAt' | 'number'>): string =>
  hex(secondsOf(createdAt), 8) + hex(number, 16)

/** The number in an id; null where there can be no task of that id. */
export function numberIn(id: string): number | null {
  const number = /^[0-9a-f]{24}$/.test(id) ? Number(`0x${id.slice(8)}`) : Number.NaN
  return Number.isSafeInteger(number) ? number : null
}

const hex = (value: number, length: number) => value.toString(16).padStart(length, '0')
const secondsOf = (date: Date) => Math.floor(date.getTime() / 1_000)
