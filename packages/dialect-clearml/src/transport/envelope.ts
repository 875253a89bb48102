import { isBefore } from '../call.ts'
import type { ApiError } from '../errors/api-error.ts'
import type { Target } from './path.ts'

/** What every answer says of the call itself. */
export interface CallMeta {
  id: string
  trx: string
  /** Null: the path named none. */
  target: Target | null
  /** The oldest version of the endpoint that serves the call; null: none does. */
  actualVersion: string | null
}

export const success = (meta: CallMeta, data: object) => ({
  meta: { ...metaOf(meta), result_code: 200, result_subcode: 0, result_msg: 'OK', error_stack: '', error_data: {} },
  data,
})

/** `data` is there and an object: the SDK makes its response of it, and fails on null. */
export const failure = (meta: CallMeta, { status, subcode, message }: ApiError) => ({
  meta: {
    ...metaOf(meta),
    ...{ result_code: status, result_subcode: subcode, result_msg: message, error_stack: null, error_data: {} },
  },
  data: {},
})

const metaOf = ({ id, trx, target, actualVersion }: CallMeta) => ({
  id,
  trx,
  endpoint: {
    name: target?.endpoint ?? '',
    requested_version: versionFor(target, target?.requestedVersion ?? null),
    actual_version: versionFor(target, actualVersion),
  },
})

/** Clients from before 2.1 read versions as numbers. */
const versionFor = (target: Target | null, version: string | null): string | number | null =>
  version !== null && target !== null && isBefore(target.version, [2, 1]) ? Number(version) : version
