import type { RecognitionSpec, RecognitionVersion } from '@inferq/domain'
import type { Call } from '../call.ts'
import { ApiError } from '../errors/api-error.ts'
import { type Offer, offersOf } from './offers.ts'

/** Throws 404, as the others here do. */
export async function findPublic(call: Call, name: string): Promise<Offer> {
  const offer = (await offersOf(call)).find((one) => one.name === name)
  return offer ?? refuse('public specification', name)
}

export async function findSpec({ services, caller }: Call, id: string): Promise<RecognitionSpec> {
  const number = numberIn(id)
  const spec = number === null ? null : await services.recognition.findSpec(caller.company, number)
  return spec ?? refuse('specification', id)
}

export async function findVersion({ services, caller }: Call, id: string): Promise<RecognitionVersion> {
  const number = numberIn(id)
  const version = number === null ? null : await services.recognition.findVersion(caller.company, number)
  return version ?? refuse('version', id)
}

/** An id as it stands in a path; null: it is none. */
export const numberIn = (text: string): number | null => (/^[1-9]\d{0,9}$/.test(text) ? Number(text) : null)

export function refuse(what: string, id: string): never {
  throw new ApiError(404, `there is no ${what} "${id}"`)
}
