import { z } from 'zod'
import type { TwelvelabsServices } from '../services.ts'
import { must } from './fields.ts'
import { refuse } from './parse.ts'

export const ModelName = z.string(must('the name of a model'))

/** Throws 400 for a model that this server does not have. */
export function checkModel({ mediaModels }: Pick<TwelvelabsServices, 'mediaModels'>, name: string): void {
  if (mediaModels.includes(name)) return
  throw refuse(['model_name'], `this server has no model of that name; it has ${mediaModels.join(', ')}`)
}
