import type { Authentication, Caller, Identity } from './auth/identity.ts'
import type { ClearmlServices } from './services.ts'

export type { Identity } from './auth/identity.ts'

/** One call as an endpoint sees it. */
export interface Call {
  readonly services: ClearmlServices
  /** Who calls. Absent only on endpoints that ask for nobody (`authorize: 'none'`, or `optional` without a credential). */
  readonly identity: Identity
  /** Whose credential is behind the call, also when it is made on behalf of another user. Absent as `identity` is. */
  readonly caller: Caller
  readonly authentication: Authentication
  /** `2.23` as `[2, 23]`: the version in the URL, else this server's own. */
  readonly version: ApiVersion
  /** Host or worker id that the client names (`X-Clearml-Worker`), else `unnamedWorker`. */
  readonly worker: string
  readonly ip: string
  /** Where this server is for the caller: `http://host:8008`, without a slash at the end. */
  readonly baseUrl: string
  /** Every endpoint that this server has. */
  readonly offered: readonly { name: string; since: string }[]
  /** The objects of a json-lines body, or a plain object as the only one; for endpoints that take a batch. */
  readonly batch: readonly unknown[]
  /** Sets the session's cookie; null takes it away. */
  setCookie(token: string | null): void
}

export type ApiVersion = readonly [major: number, minor: number]

export const unnamedWorker = '<unknown>'

/** This server's own version of the API. */
export const apiVersion: ApiVersion = [2, 31]
export const serverVersion = '2.0.0'
export const serverBuild = '0'

export const isBefore = ([major, minor]: ApiVersion, [otherMajor, otherMinor]: ApiVersion): boolean =>
  major < otherMajor || (major === otherMajor && minor < otherMinor)
