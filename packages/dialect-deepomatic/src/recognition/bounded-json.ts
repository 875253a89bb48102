import { z } from 'zod'

const maxDepth = 20

/** JSON that is only kept. Of any depth it could not be: what writes and stores it goes down level by level. */
export const boundedJson = z.unknown().refine((value) => isWithin(value, maxDepth), `at most ${maxDepth} levels deep`)

const isWithin = (value: unknown, levels: number): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levels > 0 && Object.values(value).every((item) => isWithin(item, levels - 1)))
